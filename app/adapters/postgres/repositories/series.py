"""The series of groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.meetings import MeetingSeriesRow
from app.adapters.postgres.work import Work
from app.domain.meetings.series import Series
from app.domain.shared.ids import GroupId

SERIES = col.table_of(MeetingSeriesRow)
_MAPPER = Mapper(Series, SERIES)
_ONE = select(*SERIES.columns).where(
    SERIES.c.organisation_id == p("organisation_id"), SERIES.c.group_id == p("group_id")
)
_FIND, _LOCK = Statement(_ONE), Statement(_ONE.with_for_update())
_PUT = insert(SERIES).values({column.name: p(column.name) for column in SERIES.columns})
_SAVE = Statement(
    _PUT.on_conflict_do_update(
        constraint=SERIES.primary_key,
        set_={column.name: _PUT.excluded[column.name] for column in SERIES.columns if not column.primary_key},
    )
)
_SHORT = Statement(
    select(SERIES.c.group_id).where(
        SERIES.c.organisation_id == p("organisation_id"),
        SERIES.c.group_id == func.any(p("groups")),
        SERIES.c.ended_at.is_(None),
        SERIES.c.planned_until < p("reach"),
    )
)


@dataclass(slots=True)
class PostgresSeries:
    """See `services.meetings.ports.SeriesOfGroups`."""

    work: Work

    async def find(self, group: GroupId) -> Series | None:
        row = await _FIND.row(self.work.connection, organisation_id=self.work.organisation, group_id=group)
        return None if row is None else _MAPPER.to_entity(row)

    async def lock(self, group: GroupId) -> Series | None:
        row = await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, group_id=group)
        return None if row is None else _MAPPER.to_entity(row)

    async def save(self, series: Series) -> None:
        await _SAVE.run(self.work.connection, **_MAPPER.to_values(series))

    async def short(self, groups: Sequence[GroupId], reach: datetime) -> list[GroupId]:
        rows = await _SHORT.fetch(
            self.work.connection, organisation_id=self.work.organisation, groups=list(groups), reach=reach
        )
        return [GroupId(row["group_id"]) for row in rows]
