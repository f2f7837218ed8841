"""Meetings of a group."""

from dataclasses import dataclass

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
            for name in ("starts_at", "minutes", "place", "cancelled_at", "not_held_at", "version")
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


@dataclass(slots=True)
class PostgresMeetings:
    """See `services.ports.repositories.Meetings`."""

    work: Work

    async def add(self, meeting: Meeting) -> None:
        await _ADD.run(self.work.connection, **_MAPPER.to_values(meeting))

    async def lock(self, meeting: MeetingId) -> Meeting:
        row = await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, id_=meeting)
        if row is None:
            raise MeetingNotFound
        return _MAPPER.to_entity(row)

    async def save(self, meeting: Meeting) -> None:
        meeting.version += 1
        values = {f"new_{name}": value for name, value in _MAPPER.to_values(meeting).items()}
        await _SAVE.run(self.work.connection, key_org=meeting.organisation_id, key_id=meeting.id, **values)

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
