"""What the home of a person is made of: facts of one organisation, before anything is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.admission.application import Application
from app.domain.events.webhook import Webhook
from app.domain.groups.group import Form
from app.domain.intake.interest import Interest
from app.domain.intake.outcome import IntakeOutcome
from app.domain.meetings.place import PlaceType
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.ids import (
    AssessmentId,
    AssignmentId,
    GroupId,
    MeetingId,
    PersonId,
    PlacementId,
    SignUpId,
    VisitId,
)
from app.domain.systems.account import SystemAccount
from app.services.ports.qualification import Qualifications
from app.services.ports.repositories import Ballots, Seen
from app.services.ports.transaction import UnitOfWork

MEETINGS_EACH = 3
"""How many of its next meetings each group brings along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """When and how it is held."""

    starts_at: datetime
    form: Form
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """An intake conversation that is still to come, without whoever holds it."""

    id: AssessmentId
    asked_at: datetime
    appointed: Appointed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an organisation has of somebody, and what of its policy the home depends on."""

    name: str
    """The organisation's."""
    intake_mode: IntakeMode
    warn_below: int
    dormant_after_days: int
    roles: frozenset[Role]
    has_signed: bool
    """Whether they have promised confidentiality to the organisation."""
    has_offered: bool
    """Whether they have a training record there."""
    interest: Interest | None
    outcome: IntakeOutcome | None
    """The latest one."""
    talk: Talk | None
    """The conversation that they have asked for, as long as it is kept and has no outcome."""
    has_helped: bool
    """Whether they have ever been given a group to start."""
    waits: bool
    """Whether they have ever asked for a place in a forming group, and not taken that back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingMeeting:
    """A meeting of a group that hasn't begun."""

    id: MeetingId
    starts_at: datetime
    minutes: int
    place: str
    place_type: PlaceType
    my_absence: bool = False
    """Whether they have said that they can't come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGroup:
    """A group that somebody has a place in."""

    seen: Seen
    alias: str
    """Theirs."""
    grace_ends_at: datetime | None
    """See `Inside`."""
    last_met_at: datetime | None
    """Start of the last meeting that was held."""
    coming: Sequence[ComingMeeting]
    """The next ones, the soonest first."""
    has_live_ballot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a group is about, as its offer says it."""

    theme: str | None
    form: Form
    area: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation into a forming group that waits for an answer."""

    id: PlacementId
    group_id: GroupId
    frame: Frame
    invited_at: datetime
    first_meeting_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedUp:
    """A sign-up for the group after a course that is still to start."""

    id: SignUpId
    course_title: str
    group_starts_at: datetime
    group_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """A group that somebody has been given to start, and until when."""

    id: AssignmentId
    group_id: GroupId
    frame: Frame
    ends_at: datetime
    """When the exit comes, as things stand."""
    at_the_latest: datetime
    """When it comes whatever happens."""
    may_rest: bool
    """Whether the organisation's policy lets it rest while training has lapsed (S-h5)."""
    first_meeting_at: datetime | None
    coming: ComingMeeting | None
    """The next meeting of the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visiting:
    """A group's invitation back to one meeting, as long as it stands."""

    id: VisitId
    assignment_id: AssignmentId
    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """A forming group that somebody waits for a place in."""

    group_id: GroupId
    frame: Frame
    alias: str
    asked_at: datetime
    invited: bool


Tended = tuple[Webhook, SystemAccount | None]
"""A webhook, and the system's account that it is for."""


class HomeReads(Protocol):
    """One person's own matters in one organisation: one statement each, without locks."""

    async def desk(self, person: PersonId) -> Desk:
        """What the organisation has of them, and the clock."""

    async def groups(self, person: PersonId) -> list[OwnGroup]:
        """The groups that they have a place in, in the order in which they came to be."""

    async def applications(self, person: PersonId) -> list[tuple[Application, Frame]]:
        """Those that they have neither taken back nor answered, newest first."""

    async def invitations(self, person: PersonId) -> list[Invited]:
        """Those that can still be answered."""

    async def sign_ups(self, person: PersonId, now: datetime) -> list[SignedUp]:
        """Those whose group is still to start, the soonest first."""

    async def helped(self, person: PersonId) -> list[Helped]:
        """What they have been given to start, without what ended long ago; `BallotDue` if that is still to be counted."""

    async def visits(self, person: PersonId) -> list[Visiting]:
        """Where they are invited back to, the soonest first."""

    async def waiting(self, person: PersonId) -> list[Waits]:
        """Where they wait for a place, in the order in which they asked."""

    async def struggling(self) -> list[Tended]:
        """The organisation's webhooks at which the last attempt has failed, or which are disabled, the newest first."""


class HomeUnitOfWork(UnitOfWork, Protocol):
    """One transaction of one of a person's organisations."""

    @property
    def home_reads(self) -> HomeReads: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def qualifications(self) -> Qualifications: ...
