"""Assignments, visits and messages of starters for showing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.helping import ASSIGNMENT
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.standing import MEETING
from app.adapters.postgres.repositories.starter_contacts import MESSAGE, MESSAGES, STANDS, VISIT, VISITS
from app.adapters.postgres.repositories.starters import (
    MEETING_ENDS,
    held_intake,
    meetings_of,
    with_exits,
)
from app.adapters.postgres.sealing import opened_name_if_any, registered_name
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.shared.ids import AssignmentId, GroupId, PersonId, VisitId
from app.domain.starters.assignment import GroupMeeting
from app.domain.starters.errors import AssignmentNotFound, VisitNotFound
from app.services.ports.paging import Page, PageRequest
from app.services.starters.ports import AssignmentFacts, MessageFacts, VisitFacts

_WITH_NAME = ASSIGNMENT.outerjoin(
    REGISTRATION,
    and_(
        REGISTRATION.c.organisation_id == ASSIGNMENT.c.organisation_id,
        REGISTRATION.c.person_id == ASSIGNMENT.c.person_id,
    ),
)
_FACTS = (
    select(
        *ASSIGNMENT.columns,
        registered_name(REGISTRATION),
        held_intake(ASSIGNMENT.c.group_id, ASSIGNMENT.c.person_id).label("held_intake"),
        service_clock().label("clock"),
    )
    .select_from(_WITH_NAME)
    .where(ASSIGNMENT.c.organisation_id == p("organisation_id"))
)
_ONE = Statement(_FACTS.where(ASSIGNMENT.c.id == p("id_")))
_PAGE = Statement(
    _FACTS.where(
        ASSIGNMENT.c.group_id == p("group_id"),
        before_cursor(ASSIGNMENT.c.assigned_at, ASSIGNMENT.c.id),
    )
    .order_by(ASSIGNMENT.c.assigned_at.desc(), ASSIGNMENT.c.id.desc())
    .limit(p("limit"))
)
_OF_PERSON = Statement(
    _FACTS.where(ASSIGNMENT.c.person_id == p("person_id")).order_by(
        ASSIGNMENT.c.assigned_at.desc(), ASSIGNMENT.c.id.desc()
    )
)
_CLOCK = Statement(select(service_clock()))
_VISITS = (
    select(
        *VISIT.columns,
        registered_name(REGISTRATION),
        ASSIGNMENT.c.person_id,
        MEETING.c.starts_at,
        MEETING_ENDS.label("ends_at"),
        MEETING.c.place,
        STANDS.label("meeting_stands"),
    )
    .select_from(
        VISIT.join(
            MEETING,
            and_(MEETING.c.organisation_id == VISIT.c.organisation_id, MEETING.c.id == VISIT.c.meeting_id),
        ).join(
            _WITH_NAME,
            and_(
                ASSIGNMENT.c.organisation_id == VISIT.c.organisation_id,
                ASSIGNMENT.c.id == VISIT.c.assignment_id,
            ),
        )
    )
    .where(VISIT.c.organisation_id == p("organisation_id"))
)
_VISIT = Statement(_VISITS.where(VISIT.c.id == p("id_")))
_VISIT_PAGE = Statement(
    _VISITS.where(
        VISIT.c.group_id == p("group_id"),
        before_cursor(VISIT.c.invited_at, VISIT.c.id),
    )
    .order_by(VISIT.c.invited_at.desc(), VISIT.c.id.desc())
    .limit(p("limit"))
)
_MY_VISITS = Statement(
    _VISITS.where(
        ASSIGNMENT.c.person_id == p("person_id"),
        VISIT.c.withdrawn_at.is_(None),
        STANDS,
        service_clock() < MEETING_ENDS,
    ).order_by(MEETING.c.starts_at, VISIT.c.id)
)
_MESSAGES = Statement(
    select(*MESSAGE.columns, registered_name(REGISTRATION), ASSIGNMENT.c.person_id)
    .select_from(
        MESSAGE.join(
            _WITH_NAME,
            and_(
                ASSIGNMENT.c.organisation_id == MESSAGE.c.organisation_id,
                ASSIGNMENT.c.id == MESSAGE.c.assignment_id,
            ),
        )
    )
    .where(
        MESSAGE.c.organisation_id == p("organisation_id"),
        MESSAGE.c.group_id == p("group_id"),
        MESSAGE.c.assignment_id == func.any(p("ids")),
        before_cursor(MESSAGE.c.written_at, MESSAGE.c.id),
    )
    .order_by(MESSAGE.c.written_at.desc(), MESSAGE.c.id.desc())
    .limit(p("limit"))
)


def _name(work: Work, row: Any) -> str | None:
    return opened_name_if_any(work.vault, row["organisation_id"], row["person_id"], row["name"])


def _to_visit(work: Work, row: Any) -> VisitFacts:
    return VisitFacts(
        visit=VISITS.to_entity(row),
        name=_name(work, row),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        place=row["place"],
        meeting_stands=row["meeting_stands"],
    )


@dataclass(slots=True)
class PostgresStarterReads:
    """See `services.starters.ports.StarterReads`."""

    work: Work

    async def one(self, assignment: AssignmentId) -> AssignmentFacts:
        row = await _ONE.row(self.work.connection, **self.work.scope(id_=assignment))
        if row is None:
            raise AssignmentNotFound
        (facts,) = await self._facts([row])
        return facts

    async def of_group(self, group: GroupId, request: PageRequest) -> Page[AssignmentFacts]:
        rows = await _PAGE.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        found = {facts.assignment.id: facts for facts in await self._facts(rows)}
        return page_of(
            rows,
            request,
            lambda row: found[row["id"]],
            lambda row: (row["assigned_at"].isoformat(), str(row["id"])),
        )

    async def of_person(self, person: PersonId) -> list[tuple[AssignmentFacts, list[GroupMeeting]]]:
        self.work.tell(await _CLOCK.value(self.work.connection, shift=self.work.shift()))
        rows = await _OF_PERSON.fetch(self.work.connection, **self.work.scope(person_id=person))
        facts = await self._facts(rows)
        meetings = await meetings_of(self.work, [each.assignment.group_id for each in facts])
        return [(each, meetings[each.assignment.group_id]) for each in facts]

    async def visit(self, visit: VisitId) -> VisitFacts:
        row = await _VISIT.row(self.work.connection, organisation_id=self.work.organisation, id_=visit)
        if row is None:
            raise VisitNotFound
        return _to_visit(self.work, row)

    async def visits(self, group: GroupId, request: PageRequest) -> Page[VisitFacts]:
        rows = await _VISIT_PAGE.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            group_id=group,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: _to_visit(self.work, row),
            lambda row: (row["invited_at"].isoformat(), str(row["id"])),
        )

    async def visits_of(self, person: PersonId) -> list[VisitFacts]:
        rows = await _MY_VISITS.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [_to_visit(self.work, row) for row in rows]

    async def messages(
        self, group: GroupId, assignments: Sequence[AssignmentId], request: PageRequest
    ) -> Page[MessageFacts]:
        rows = await _MESSAGES.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            group_id=group,
            ids=list(assignments),
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: MessageFacts(
                message=MESSAGES.to_opened(self.work.vault, row), name=_name(self.work, row)
            ),
            lambda row: (row["written_at"].isoformat(), str(row["id"])),
        )

    async def _facts(self, rows: list[Any]) -> list[AssignmentFacts]:
        return [
            AssignmentFacts(assignment=assignment, name=_name(self.work, row), held_intake=row["held_intake"])
            for assignment, row in zip(await with_exits(self.work, rows), rows, strict=True)
        ]
