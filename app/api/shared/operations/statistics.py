"""Figures about groups."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation
from app.api.shared.strict_model import StrictModel
from app.domain.organisations.organisation import NotStaff, OrganisationNotFound
from app.domain.statistics.period import PeriodNotClosed
from app.domain.systems.account import SystemScope
from app.services.statistics.read_statistics import ReadStatistics
from app.services.statistics.views import StatisticsView


class StatisticsFilter(StrictModel):
    """Which quarter."""

    period: Annotated[
        str | None,
        Field(
            pattern=r"^20[0-9]{2}-Q[1-4]$",
            max_length=7,
            description="A quarter that is over, such as 2026-Q3; default: the last one that is closed.",
        ),
    ] = None


OPERATIONS = (
    Operation(
        name="read_statistics",
        feature="statistics",
        use=lambda services: services.statistics.read_statistics,
        use_case=ReadStatistics,
        method="GET",
        path="/v1/organisations/{organisation_id}/statistics",
        gives=StatisticsView,
        filters=StatisticsFilter,
        refuses=(NotStaff, OrganisationNotFound, PeriodNotClosed),
        scope=SystemScope.STATISTICS_READ,
    ),
)
