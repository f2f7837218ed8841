"""What is shown of a quarter: what was published of it, for everyone who may see it the same."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.shared.ids import OrganisationId
from app.domain.statistics.suppression import Figures, Published
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A number, or that it is left out."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    value: int | None
    """The number; null where it is left out."""
    suppressed: bool
    """Whether it is left out: it would stand for fewer than five persons or three groups, or tell of such a number."""

    @staticmethod
    def of(value: int | None) -> "FigureView":
        """The number as it was published."""
        return FigureView(value=value, suppressed=value is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFiguresView:
    """The groups of one area at the end of the quarter."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    area: str
    """The area, as the groups name it."""
    groups: FigureView
    """How many groups met."""
    members: FigureView
    """How many places in them were taken, to the nearest five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsView:
    """The figures of an organisation's quarter. They were published once and never change."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation; what other organisations hold, above it or below it, isn't in it."""
    period: str
    """The quarter."""
    published_at: datetime
    """When they were published, UTC."""
    groups: FigureView
    """How many groups met at the end of the quarter."""
    members: FigureView
    """How many places in them were taken, to the nearest five."""
    entries: FigureView
    """How many places were taken in the course of the quarter, to the nearest five."""
    areas: list[AreaFiguresView]
    """The areas that can be told, by name. That there is a group in another one isn't told."""
    some_areas_left_out: bool
    """Whether there are others; they are in the total."""

    @staticmethod
    def of(
        organisation: OrganisationId, period: str, figures: dict[str, Any], published_at: datetime
    ) -> "StatisticsView":
        """What was published; nothing is computed any more."""
        return StatisticsView(
            organisation_id=organisation,
            period=period,
            published_at=published_at,
            groups=FigureView.of(figures["groups"]),
            members=FigureView.of(figures["members"]),
            entries=FigureView.of(figures["entries"]),
            areas=[
                AreaFiguresView(
                    area=each["area"],
                    groups=FigureView.of(each["groups"]),
                    members=FigureView.of(each["members"]),
                )
                for each in figures["areas"]
            ],
            some_areas_left_out=figures["some_areas_left_out"],
        )


def kept(published: Published) -> dict[str, Any]:
    """What is published, as it is kept for good."""
    total: Figures = published.total
    return {
        "groups": total.groups,
        "members": total.members,
        "entries": published.entries,
        "areas": [
            {"area": name, "groups": each.groups, "members": each.members}
            for name, each in published.areas.items()
        ],
        "some_areas_left_out": published.some_left_out,
    }
