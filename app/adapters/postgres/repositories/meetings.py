"""Meetings of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text, update

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.standing import MEETING
from app.adapters.postgres.statements import Statement, inserting, p
from app.adapters.postgres.work import Work
from app.domain.meetings.errors import MeetingNotFound
from app.domain.meetings.meeting import Meeting
from app.domain.shared.ids import GroupId, MeetingId

_MAPPER = Mapper(Meeting, MEETING)
_ADD = inserting(MEETING)
_LOCK = Statement(
    select(*MEETING.columns)
    .where(MEETING.c.organisation_id == p("organisation_id"), MEETING.c.id == p("id_"))
    .with_for_update()
)
_SAVE = Statement(
    update(MEETING)
    .where(MEETING.c.organisation_id == p("key_org"), MEETING.c.id == p("key_id"))
    .values(
        {
            name: p(f"new_{name}")
            for name in (
                "starts_at",
                "minutes",
                "place",
                "place_type",
                "apart_at",
                "replaced_at",
                "cancelled_at",
                "not_held_at",
                "moved_at",
                "version",
            )
        }
    )
)
_GROUP_OF = Statement(
    select(MEETING.c.group_id).where(
        MEETING.c.organisation_id == p("organisation_id"), MEETING.c.id == p("id_")
    )
)
_ANY_STANDS = Statement(
    select(text("1"))
    .where(
        MEETING.c.organisation_id == p("organisation_id"),
        MEETING.c.group_id == p("group_id"),
        MEETING.c.cancelled_at.is_(None),
    )
    .limit(1)
)
_OF_SERIES = Statement(
    select(*MEETING.columns)
    .where(
        MEETING.c.organisation_id == p("organisation_id"),
        MEETING.c.group_id == p("group_id"),
        MEETING.c.slot_at > p("after"),
    )
    .order_by(MEETING.c.slot_at)
    .with_for_update()
)


@dataclass(slots=True)
class PostgresMeetings:
    """See `services.ports.repositories.Meetings`."""

    work: Work

    async def add(self, meeting: Meeting) -> None:
        await _ADD.run(self.work.connection, **_MAPPER.to_values(meeting))

    async def add_all(self, meetings: Sequence[Meeting]) -> None:
        await _ADD.run_many(self.work.connection, [_MAPPER.to_values(meeting) for meeting in meetings])

    async def lock_of_series(self, group: GroupId, after: datetime) -> list[Meeting]:
        rows = await _OF_SERIES.fetch(
            self.work.connection, organisation_id=self.work.organisation, group_id=group, after=after
        )
        return [_MAPPER.to_entity(row) for row in rows]

    async def lock(self, meeting: MeetingId) -> Meeting:
        row = await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, id_=meeting)
        if row is None:
            raise MeetingNotFound
        return _MAPPER.to_entity(row)

    async def save(self, meeting: Meeting) -> None:
        await self.save_all([meeting])

    async def save_all(self, meetings: Sequence[Meeting]) -> None:
        rows = []
        for meeting in meetings:
            meeting.version += 1
            values = {f"new_{name}": value for name, value in _MAPPER.to_values(meeting).items()}
            rows.append({"key_org": meeting.organisation_id, "key_id": meeting.id, **values})
        await _SAVE.run_many(self.work.connection, rows)

    async def group_of(self, meeting: MeetingId) -> GroupId:
        group = await _GROUP_OF.value(
            self.work.connection, organisation_id=self.work.organisation, id_=meeting
        )
        if group is None:
            raise MeetingNotFound
        return GroupId(group)

    async def any_stands(self, group: GroupId) -> bool:
        found = await _ANY_STANDS.value(
            self.work.connection, organisation_id=self.work.organisation, group_id=group
        )
        return found is not None
