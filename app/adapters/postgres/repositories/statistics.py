"""Counting groups and the places in them, and what was published of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from app.adapters.postgres.repositories.standing import GROUP, MEETING, MEMBER
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.statistics import PublishedStatisticsRow
from app.adapters.postgres.work import Work
from app.domain.statistics.suppression import NOTHING, Count
from app.services.statistics.ports import Counted

PUBLISHED = col.table_of(PublishedStatisticsRow)
_COUNTS = (
    func.count(GROUP.c.id.distinct()).label("groups"),
    func.count().cast(Integer).label("places"),
    func.count(MEMBER.c.person_id.distinct()).label("persons"),
)
_OF_THE_GROUP = and_(MEMBER.c.organisation_id == GROUP.c.organisation_id, MEMBER.c.group_id == GROUP.c.id)
_HAS_MET = exists().where(
    MEETING.c.organisation_id == GROUP.c.organisation_id,
    MEETING.c.group_id == GROUP.c.id,
    MEETING.c.cancelled_at.is_(None),
    MEETING.c.not_held_at.is_(None),
    MEETING.c.starts_at < p("ends"),
)
# Of groups that stand alone nobody of the organisation knows anything (G-23), not even in numbers.
_HELPED = and_(GROUP.c.organisation_id == p("organisation_id"), GROUP.c.origin != "stand_alone", _HAS_MET)
_AT_THE_END = and_(
    MEMBER.c.joined_at < p("ends"), or_(MEMBER.c.left_at.is_(None), MEMBER.c.left_at >= p("ends"))
)
_STOCK = Statement(
    select(func.btrim(GROUP.c.area).label("area"), *_COUNTS)
    .join(MEMBER, _OF_THE_GROUP)
    .where(_HELPED, _AT_THE_END)
    .group_by(func.rollup(func.btrim(GROUP.c.area)))
)
_ENTRIES = Statement(
    select(*_COUNTS)
    .select_from(GROUP)
    .join(MEMBER, _OF_THE_GROUP)
    .where(_HELPED, MEMBER.c.joined_at >= p("begins"), MEMBER.c.joined_at < p("ends"))
)
_FIND = Statement(
    select(PUBLISHED.c.figures, PUBLISHED.c.published_at).where(
        PUBLISHED.c.organisation_id == p("organisation_id"), PUBLISHED.c.period == p("period_")
    )
)
_KEEP = Statement(
    insert(PUBLISHED)
    .values(
        organisation_id=p("organisation_id"),
        period=p("period_"),
        figures=p("figures_", JSONB),
        published_at=p("at"),
    )
    .on_conflict_do_nothing(constraint="pk_published_statistics")
)


@dataclass(slots=True)
class PostgresStatistics:
    """See `services.statistics.ports.Statistics`."""

    work: Work

    async def published(self, period: str) -> tuple[dict[str, Any], datetime] | None:
        row = await _FIND.row(self.work.connection, organisation_id=self.work.organisation, period_=period)
        return None if row is None else (row["figures"], row["published_at"])

    async def count(self, begins: datetime, ends: datetime) -> Counted:
        rows = await _STOCK.fetch(self.work.connection, organisation_id=self.work.organisation, ends=ends)
        came = await _ENTRIES.row(
            self.work.connection, organisation_id=self.work.organisation, begins=begins, ends=ends
        )
        total = next((_count(row) for row in rows if row["area"] is None), NOTHING)
        areas = {row["area"]: _count(row) for row in rows if row["area"] is not None}
        return Counted(areas=areas, total=total, entries=_count(came))

    async def publish(self, period: str, figures: dict[str, Any], at: datetime) -> None:
        await _KEEP.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            period_=period,
            figures_=figures,
            at=at,
        )


def _count(row: Any) -> Count:
    return Count(groups=row["groups"], places=row["places"], persons=row["persons"])
