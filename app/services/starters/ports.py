"""What the use cases of starters need of a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.shared.ids import AssignmentId, GroupId, MeetingId, PersonId, VisitId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.message import StarterMessage
from app.domain.starters.visit import Visit
from app.services.ports.access_log import AccessLog
from app.services.ports.assignments import Assignments
from app.services.ports.paging import Page, PageRequest
from app.services.ports.qualification import Qualifications
from app.services.ports.repositories import Ballots, Organisations, Policies, StaffDeclarations, Standings
from app.services.ports.transaction import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFacts:
    """An assignment, and what belongs to showing it."""

    assignment: Assignment
    name: str | None
    """The name by which the organisation knows the starter; None for one who has been erased."""
    held_intake: bool
    """Whether they held or are to hold the intake conversation of somebody who has or wants a place in the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """A visit, with the meeting that it is to."""

    visit: Visit
    name: str | None
    starts_at: datetime
    ends_at: datetime
    place: str
    meeting_stands: bool
    """Neither cancelled nor said not to have been held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """A message, with the name of whoever wrote it."""

    message: StarterMessage
    name: str | None


class Visits(Protocol):
    """Invitations to one meeting."""

    async def add(self, visit: Visit) -> None: ...
    async def save(self, visit: Visit) -> None: ...
    async def get(self, visit: VisitId) -> Visit:
        """`VisitNotFound` where there is none."""

    async def meeting(self, group: GroupId, meeting: MeetingId) -> GroupMeeting | None:
        """A meeting of this group that has not been cancelled."""

    async def stands_for(self, assignment: AssignmentId) -> bool:
        """Whether an invitation of this starter to a meeting that isn't over stands."""


class StarterMessages(Protocol):
    """What starters have written to the participants."""

    async def add(self, message: StarterMessage) -> None: ...
    async def written(self, assignment: AssignmentId) -> int: ...


class StarterReads(Protocol):
    """Assignments, visits and messages for showing."""

    async def one(self, assignment: AssignmentId) -> AssignmentFacts:
        """`AssignmentNotFound` where there is none."""

    async def of_group(self, group: GroupId, request: PageRequest) -> Page[AssignmentFacts]:
        """The assignments of a group, newest first."""

    async def of_person(self, person: PersonId) -> list[tuple[AssignmentFacts, list[GroupMeeting]]]:
        """A person's own assignments in the organisation, newest first, with the meetings that decide their end."""

    async def visit(self, visit: VisitId) -> VisitFacts: ...
    async def visits(self, group: GroupId, request: PageRequest) -> Page[VisitFacts]:
        """The group's invitations, newest first."""

    async def visits_of(self, person: PersonId) -> list[VisitFacts]:
        """A person's invitations to meetings that stand and aren't over, in the order of their start."""

    async def messages(
        self, group: GroupId, assignments: Sequence[AssignmentId], request: PageRequest
    ) -> Page[MessageFacts]:
        """What these starters have written to the group, newest first."""


class StartersUnitOfWork(UnitOfWork, Protocol):
    """One transaction over starters."""

    @property
    def access_log(self) -> AccessLog: ...
    @property
    def standings(self) -> Standings: ...
    @property
    def assignments(self) -> Assignments: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def visits(self) -> Visits: ...
    @property
    def starter_messages(self) -> StarterMessages: ...
    @property
    def starter_reads(self) -> StarterReads: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
    @property
    def qualifications(self) -> Qualifications: ...
