"""Ports: the aggregates as they are loaded and saved.

`get` and `lock` raise, `find` may answer None. What is locked stays locked until the transaction ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.admission.application import Application
from app.domain.admission.ballot import Ballot
from app.domain.groups.declaration import Declaration
from app.domain.groups.ground_rules import GroundRules
from app.domain.groups.group import Group
from app.domain.groups.leave import Leave
from app.domain.groups.membership import Membership, Placement
from app.domain.groups.standing import Standing
from app.domain.intake.outcome import IntakeOutcome
from app.domain.meetings.meeting import Meeting
from app.domain.organisations.declaration import StaffDeclaration
from app.domain.organisations.organisation import Organisation, Registration, Role
from app.domain.organisations.policy import Policy
from app.domain.people.person import Person
from app.domain.shared.ids import (
    ApplicationId,
    AssignmentId,
    BallotId,
    GroundRulesId,
    GroupId,
    MeetingId,
    MembershipId,
    OrganisationId,
    PersonId,
    PlacementId,
)


@dataclass(slots=True, kw_only=True)
class Seen:
    """A group, and how somebody stands to it, as of one instant."""

    group: Group
    standing: Standing
    membership_id: MembershipId | None
    members: int
    """How many are in it."""
    reserved: int
    """How many seats are kept for adopted applicants and open ballots."""
    signed: bool
    """Whether this somebody has signed this generation's declaration."""
    assignment_id: AssignmentId | None = None
    """The assignment by which this somebody helps the group now; None once the exit has come."""
    helps_until: datetime | None = None
    """When that ends, as things stand."""

    def helps_at(self, moment: datetime) -> bool:
        """Whether this somebody helps the group now and will still do so at that moment."""
        return self.assignment_id is not None and self.helps_until is not None and moment < self.helps_until


class Standings(Protocol):
    """How somebody stands to a group."""

    async def look(self, group: GroupId, person: PersonId) -> Seen:
        """Read, without a lock; `GroupNotFound` where there is none."""

    async def look_inside(self, group: GroupId, person: PersonId) -> Seen:
        """The same answer, found sooner for a member who has signed, and later for anybody else."""

    async def lock(self, group: GroupId, person: PersonId) -> Seen:
        """Lock the group, then read; the clock is read after the lock."""

    async def electorate(self, group: GroupId) -> list[MembershipId]:
        """Who may vote as of the clock: everybody who stands as a member, by a signature or in their grace."""


class Groups(Protocol):
    """Groups and their seats."""

    async def add(self, group: Group, application_code: str) -> None: ...
    async def save(self, group: Group) -> None: ...
    async def add_generation(self, group: Group, formed_at: datetime, ballot: BallotId | None) -> None: ...
    async def take_seat(self, group: Group, membership: MembershipId) -> None:
        """Seat a member; `NoFreeSeat` where none is free."""

    async def reserve_seat(self, group: Group, ballot: BallotId) -> None:
        """Keep a seat for whoever a ballot is about; `SeatReserved` where none is free."""

    async def turn_reservation_into_seat(self, ballot: BallotId, membership: MembershipId) -> None: ...
    async def free_reservations(self, ballots: Sequence[BallotId]) -> None: ...
    async def free_seat(self, membership: MembershipId) -> None: ...
    async def stale_reservations(self, group: GroupId, now: datetime) -> list[BallotId]:
        """Ballots that still hold a seat though nothing can come of them any more (B-02)."""


class Leaves(Protocol):
    """Members' own leaves: one at most for each, and no earlier ones."""

    async def find(self, membership: MembershipId) -> Leave | None: ...
    async def put(self, leave: Leave) -> None: ...
    async def end(self, membership: MembershipId) -> None: ...


class GroundRulesBook(Protocol):
    """Drafts of ground rules, as they were written."""

    async def add(self, rules: GroundRules) -> None: ...
    async def find(self, rules: GroundRulesId) -> GroundRules | None: ...


class Placements(Protocol):
    """Invitations into forming groups."""

    async def add(self, placement: Placement) -> None:
        """`AlreadyInvited` where a live one stands."""

    async def lock(self, placement: PlacementId) -> Placement: ...
    async def save(self, placement: Placement) -> None: ...
    async def group_of(self, placement: PlacementId, person: PersonId | None) -> GroupId:
        """The group of an invitation (of this person, if one is named), or `PlacementNotFound`."""


class Memberships(Protocol):
    """Who is in a group."""

    async def add(self, membership: Membership) -> None:
        """`AliasTaken` or `AlreadyMember` where it doesn't fit."""

    async def get_own(self, group: GroupId, person: PersonId) -> Membership: ...
    async def save(self, membership: Membership) -> None: ...
    async def has_left(self, group: GroupId, person: PersonId) -> bool:
        """Whether this person was in the group once, and is not any more."""

    async def elsewhere(self, person: PersonId, group: GroupId) -> int:
        """In how many other groups of the organisation this person is; locks their registration first."""

    async def groups_of(self, person: PersonId) -> list[GroupId]:
        """The groups of the organisation that this person is in now, always in the same order."""

    async def by_ballot(self, ballot: BallotId) -> Membership | None: ...
    async def is_in(self, group: GroupId, membership: MembershipId) -> bool: ...


class Declarations(Protocol):
    """Signatures."""

    async def add(self, declaration: Declaration) -> bool:
        """False where this member has signed this generation before."""

    async def get(self, group: GroupId, generation: int, membership: MembershipId) -> Declaration: ...


class Meetings(Protocol):
    """Meetings of a group."""

    async def add(self, meeting: Meeting) -> None: ...
    async def add_all(self, meetings: Sequence[Meeting]) -> None: ...
    async def lock(self, meeting: MeetingId) -> Meeting: ...
    async def lock_of_series(self, group: GroupId, after: datetime) -> list[Meeting]:
        """Lock the meetings that a group's series has written, as far as their start in it is after this instant."""

    async def save(self, meeting: Meeting) -> None: ...
    async def save_all(self, meetings: Sequence[Meeting]) -> None: ...
    async def group_of(self, meeting: MeetingId) -> GroupId: ...
    async def any_stands(self, group: GroupId) -> bool:
        """Whether a meeting that isn't cancelled is planned or was held."""


class Ballots(Protocol):
    """Ballots with their rolls. What is in the envelopes nobody here can read."""

    async def add(self, ballot: Ballot) -> None:
        """`BallotUnderWay` where one on the same question is open."""

    async def lock(self, ballot: BallotId) -> Ballot:
        """Lock one ballot; the clock is read after the lock."""

    async def lock_live(self, group: GroupId) -> list[Ballot]:
        """Lock all ballots of a group that have not ended."""

    async def live(self, group: GroupId) -> list[Ballot]:
        """The same, without a lock."""

    async def live_in(self, groups: Sequence[GroupId]) -> list[Ballot]:
        """The same for several groups in one statement, and the clock stays as it was."""

    async def overdue(self) -> list[BallotId]:
        """Ballots of the whole organisation whose time is over and that nobody has counted yet."""

    async def find(self, ballot: BallotId) -> Ballot | None: ...
    async def put_vote(self, ballot: BallotId, voter: MembershipId, sealed: bytes) -> None:
        """Put the envelope into the box, in place of an earlier one, and note on the roll that they have voted."""

    async def drop(self, ballot: BallotId, member: MembershipId, now: datetime) -> None:
        """Off the roll, the envelope removed unopened."""

    async def end(self, ballot: Ballot) -> None:
        """Withdrawn or void: save that, remove the envelopes unopened, and tell that it has ended, never why."""


class Applications(Protocol):
    """Applications to groups that already meet."""

    async def add(self, application: Application) -> None:
        """`AlreadyApplied` where a live one stands."""

    async def lock(self, application: ApplicationId) -> Application: ...
    async def find(self, application: ApplicationId) -> Application | None: ...
    async def save(self, application: Application) -> None: ...
    async def reword(self, application: Application) -> None:
        """Keep what it says now."""

    async def rename(self, ballot: BallotId, alias: str) -> None:
        """Whoever came in by this ballot goes by another alias: so does what they applied with."""

    async def last_of(self, group: GroupId, applicant: PersonId) -> Application | None: ...
    async def close_ended(self, application: Application, now: datetime) -> None:
        """Note that it has ended, so that a new one can stand beside it."""


class People(Protocol):
    """People, and the logins that are theirs."""

    async def find(self, person: PersonId) -> Person | None: ...
    async def introduce(self, person: Person) -> None:
        """Add or change the person."""


class Registrations(Protocol):
    """Who has registered with the organisation, by themselves."""

    async def put(self, registration: Registration) -> Registration: ...
    async def has(self, person: PersonId) -> bool: ...


class Roles(Protocol):
    """What people do for the organisation."""

    async def of(self, person: PersonId) -> frozenset[Role]: ...
    async def grant(self, person: PersonId, role: Role, now: datetime) -> None:
        """`NotRegistered` for whoever hasn't registered with the organisation."""

    async def revoke(self, person: PersonId, role: Role) -> bool: ...
    async def lock_administrators(self) -> list[PersonId]: ...


class Organisations(Protocol):
    """The directory of organisations."""

    async def add(self, organisation: Organisation) -> None: ...
    async def get(self, organisation: OrganisationId) -> Organisation:
        """`OrganisationNotFound` where there is none."""

    async def note_mergers(self, organisation: Organisation) -> None: ...


class StaffDeclarations(Protocol):
    """Promises of confidentiality of those who work for the organisation."""

    async def put(self, declaration: StaffDeclaration) -> StaffDeclaration:
        """Keep it; the first signature under a version of the text stands, and is what comes back."""

    async def require(self, person: PersonId) -> None:
        """`StaffDeclarationNeeded` for whoever has signed none."""

    async def has(self, person: PersonId) -> bool:
        """Whether somebody has signed."""


class Policies(Protocol):
    """The versions of an organisation's policy."""

    async def add(self, policy: Policy) -> None:
        """`Stale` where this version number is taken."""

    async def holding(self, as_of: datetime) -> Policy:
        """The version that holds at that instant."""

    async def newest(self) -> Policy: ...


class IntakeOutcomes(Protocol):
    """Intake outcomes. The assessment that leads to them has a port of its own (services/intake)."""

    async def add(self, outcome: IntakeOutcome) -> None: ...
    async def latest(self, person: PersonId) -> IntakeOutcome | None: ...
    async def of_members(self, group: GroupId) -> list[IntakeOutcome | None]:
        """The latest outcome of each who has a place in a group, in no order that tells who; None for having none."""
