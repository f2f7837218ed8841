"""What statistics need of a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.domain.statistics.suppression import Count
from app.services.ports.repositories import Organisations, Roles
from app.services.ports.systems import LetsSystemsIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What there was at the end of a quarter, and who had come in it. It is never shown as it is."""

    areas: Mapping[str, Count]
    total: Count
    entries: Count


class Statistics(Protocol):
    """Counts, and what was published of them."""

    async def published(self, period: str) -> tuple[dict[str, Any], datetime] | None:
        """What was published of this quarter, and when."""

    async def count(self, begins: datetime, ends: datetime) -> Counted:
        """Count the groups that the organisation's own people help to start, by the facts as they stand."""

    async def publish(self, period: str, figures: dict[str, Any], at: datetime) -> None:
        """Keep it for good. Where somebody has published just now, theirs stands."""


class StatisticsUnitOfWork(LetsSystemsIn, Protocol):
    """One transaction over the figures of an organisation."""

    @property
    def statistics(self) -> Statistics: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def roles(self) -> Roles: ...
