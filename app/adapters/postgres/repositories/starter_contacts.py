"""Visits of starters who have left, and what starters write before the first meeting."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, select, update

from app.adapters.postgres import sealing
from app.adapters.postgres.mapping import Mapper, SealedMapper
from app.adapters.postgres.repositories.standing import MEETING
from app.adapters.postgres.repositories.starters import MEETING_ENDS
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.starters import StarterMessageRow, StarterVisitRow
from app.adapters.postgres.work import Work
from app.domain.shared.ids import NOBODY, AssignmentId, GroupId, MeetingId, PersonId, VisitId
from app.domain.starters.assignment import GroupMeeting
from app.domain.starters.errors import VisitNotFound
from app.domain.starters.message import StarterMessage
from app.domain.starters.visit import Visit

VISIT = col.table_of(StarterVisitRow)
MESSAGE = col.table_of(StarterMessageRow)
VISITS = Mapper(Visit, VISIT)
MESSAGES = SealedMapper(StarterMessage, MESSAGE, sealing.STARTER_MESSAGE)

_ADD_VISIT = inserting(VISIT)
_SAVE_VISIT = Statement(
    update(VISIT)
    .where(VISIT.c.organisation_id == p("key_org"), VISIT.c.id == p("key_id"))
    .values(withdrawn_at=p("moment"))
)
_VISIT = Statement(
    select(*VISIT.columns).where(VISIT.c.organisation_id == p("organisation_id"), VISIT.c.id == p("id_"))
)
_MEETING_OF_GROUP = Statement(
    select(MEETING.c.starts_at, MEETING_ENDS.label("ends_at")).where(
        MEETING.c.organisation_id == p("organisation_id"),
        MEETING.c.group_id == p("group_id"),
        MEETING.c.id == p("id_"),
        MEETING.c.cancelled_at.is_(None),
    )
)
STANDS = and_(MEETING.c.cancelled_at.is_(None), MEETING.c.not_held_at.is_(None))
_VISIT_STANDS = Statement(
    select(
        exists().where(
            VISIT.c.organisation_id == p("organisation_id"),
            VISIT.c.assignment_id == p("id_"),
            VISIT.c.withdrawn_at.is_(None),
            MEETING.c.organisation_id == VISIT.c.organisation_id,
            MEETING.c.id == VISIT.c.meeting_id,
            STANDS,
            service_clock() < MEETING_ENDS,
        )
    )
)
_ADD_MESSAGE = inserting(MESSAGE)
_WRITTEN = Statement(
    select(func.count())
    .select_from(MESSAGE)
    .where(MESSAGE.c.organisation_id == p("organisation_id"), MESSAGE.c.assignment_id == p("id_"))
)


@dataclass(slots=True)
class PostgresVisits:
    """See `services.starters.ports.Visits`."""

    work: Work

    async def add(self, visit: Visit) -> None:
        await _ADD_VISIT.run(self.work.connection, **VISITS.to_values(visit))

    async def save(self, visit: Visit) -> None:
        await _SAVE_VISIT.run(
            self.work.connection, key_org=visit.organisation_id, key_id=visit.id, moment=visit.withdrawn_at
        )

    async def get(self, visit: VisitId) -> Visit:
        row = await _VISIT.row(self.work.connection, organisation_id=self.work.organisation, id_=visit)
        if row is None:
            raise VisitNotFound
        return VISITS.to_entity(row)

    async def meeting(self, group: GroupId, meeting: MeetingId) -> GroupMeeting | None:
        row = await _MEETING_OF_GROUP.row(
            self.work.connection, organisation_id=self.work.organisation, group_id=group, id_=meeting
        )
        return None if row is None else GroupMeeting(starts_at=row["starts_at"], ends_at=row["ends_at"])

    async def stands_for(self, assignment: AssignmentId) -> bool:
        found: bool = await _VISIT_STANDS.value(self.work.connection, **self.work.scope(id_=assignment))
        return found


@dataclass(slots=True)
class PostgresStarterMessages:
    """See `services.starters.ports.StarterMessages`."""

    work: Work

    async def add(self, message: StarterMessage) -> None:
        author = PersonId(self.work.person or NOBODY)  # the starter themselves
        values = MESSAGES.to_sealed(self.work.vault, author, message)
        await _ADD_MESSAGE.run(self.work.connection, **values)

    async def written(self, assignment: AssignmentId) -> int:
        count: int = await _WRITTEN.value(
            self.work.connection, organisation_id=self.work.organisation, id_=assignment
        )
        return count
