"""At the table: the agenda as arranged, who can't come, who was there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.standing import MEMBER
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.meetings import AbsenceNoticeRow, AttendanceRow, MeetingAgendaRow
from app.adapters.postgres.work import Work
from app.domain.meetings.agenda import Chosen
from app.domain.meetings.presence import AbsenceNotice
from app.domain.shared.ids import GroupId, MeetingId, MembershipId
from app.services.meetings.ports import Arrangement, Attendee, Noticed

AGENDA = col.table_of(MeetingAgendaRow)
NOTICE = col.table_of(AbsenceNoticeRow)
ATTENDANCE = col.table_of(AttendanceRow)
_NOTICES = Mapper(AbsenceNotice, NOTICE)
_FIND = Statement(
    select(AGENDA.c["items"], AGENDA.c.version).where(
        AGENDA.c.organisation_id == p("organisation_id"), AGENDA.c.meeting_id == p("meeting_id")
    )
)
_PUT_AGENDA = insert(AGENDA).values({column.name: p(column.name) for column in AGENDA.columns})
_SAVE = Statement(
    _PUT_AGENDA.on_conflict_do_update(
        constraint=AGENDA.primary_key,
        set_={"items": _PUT_AGENDA.excluded["items"], "version": _PUT_AGENDA.excluded.version},
    )
)


def _put(table: Any) -> Statement:
    values = {column.name: p(column.name) for column in table.columns}
    return Statement(insert(table).values(values).on_conflict_do_nothing())


def _drop(table: Any) -> Statement:
    return Statement(
        delete(table).where(
            table.c.organisation_id == p("organisation_id"),
            table.c.meeting_id == p("meeting_id"),
            table.c.membership_id == p("membership_id"),
        )
    )


def _of(table: Any, *more: Any) -> Statement:
    """The rows of a meeting, of those who are still in the group."""
    return Statement(
        select(MEMBER.c.id, MEMBER.c.alias, *more)
        .select_from(
            table.join(
                MEMBER,
                and_(
                    MEMBER.c.organisation_id == table.c.organisation_id,
                    MEMBER.c.id == table.c.membership_id,
                ),
            )
        )
        .where(
            table.c.organisation_id == p("organisation_id"),
            table.c.meeting_id == p("meeting_id"),
            MEMBER.c.left_at.is_(None),
        )
        .order_by(MEMBER.c.alias, MEMBER.c.id)
    )


_PUT_NOTICE, _DROP_NOTICE, _OF_NOTICE = _put(NOTICE), _drop(NOTICE), _of(NOTICE, NOTICE.c.noticed_at)
_PUT_THERE, _DROP_THERE, _OF_THERE = _put(ATTENDANCE), _drop(ATTENDANCE), _of(ATTENDANCE)


@dataclass(slots=True)
class PostgresAgendas:
    """See `services.meetings.ports.Agendas`."""

    work: Work

    async def find(self, meeting: MeetingId) -> Arrangement | None:
        row = await _FIND.row(
            self.work.connection, organisation_id=self.work.organisation, meeting_id=meeting
        )
        if row is None:
            return None
        return Arrangement(items=[Chosen(**item) for item in row["items"]], version=row["version"])

    async def save(self, meeting: MeetingId, arrangement: Arrangement) -> None:
        items = [
            {"key": item.key, "title": item.title, "minutes": item.minutes} for item in arrangement.items
        ]
        await _SAVE.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            meeting_id=meeting,
            items=items,
            version=arrangement.version,
        )


@dataclass(slots=True)
class PostgresPresence:
    """See `services.meetings.ports.Presence`."""

    work: Work

    async def put_notice(self, notice: AbsenceNotice) -> None:
        await _PUT_NOTICE.run(self.work.connection, **_NOTICES.to_values(notice))

    async def drop_notice(self, meeting: MeetingId, member: MembershipId) -> bool:
        return await self._drop(_DROP_NOTICE, meeting, member)

    async def notices(self, meeting: MeetingId) -> list[Noticed]:
        return [
            Noticed(membership_id=MembershipId(row["id"]), alias=row["alias"], noticed_at=row["noticed_at"])
            for row in await self._of(_OF_NOTICE, meeting)
        ]

    async def put_attendance(self, group: GroupId, meeting: MeetingId, member: MembershipId) -> None:
        await _PUT_THERE.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            group_id=group,
            meeting_id=meeting,
            membership_id=member,
        )

    async def drop_attendance(self, meeting: MeetingId, member: MembershipId) -> bool:
        return await self._drop(_DROP_THERE, meeting, member)

    async def attendees(self, meeting: MeetingId) -> list[Attendee]:
        return [
            Attendee(membership_id=MembershipId(row["id"]), alias=row["alias"])
            for row in await self._of(_OF_THERE, meeting)
        ]

    async def _drop(self, statement: Statement, meeting: MeetingId, member: MembershipId) -> bool:
        found = await statement.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            meeting_id=meeting,
            membership_id=member,
        )
        return found > 0

    async def _of(self, statement: Statement, meeting: MeetingId) -> list[Any]:
        return await statement.fetch(
            self.work.connection, organisation_id=self.work.organisation, meeting_id=meeting
        )
