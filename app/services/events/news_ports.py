"""What telling news needs of a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.events.news import Happening
from app.domain.shared.actor import Actor
from app.domain.shared.ids import (
    ApplicationId,
    AssessmentId,
    BallotId,
    GroupId,
    MeetingId,
    MembershipId,
    OrganisationId,
    PersonId,
    PlacementId,
)
from app.services.events.news_views import Around, NewsView
from app.services.ports.forming import Convenors
from app.services.ports.repositories import Roles, StaffDeclarations, Standings
from app.services.ports.transaction import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Whose an intake conversation is, for whoever asks whether they see it."""

    person_id: PersonId
    interviewer_id: PersonId | None
    known: frozenset[PersonId]
    """Who knows the person, and sees nothing of it therefore."""
    kept_until: datetime


class NewsReads(Protocol):
    """Whom something that has happened concerns: one statement each, without locks."""

    async def around(self, person: PersonId) -> Around:
        """What this person has to do with in the organisation."""

    async def starts_at(self, meeting: MeetingId) -> datetime | None:
        """When a meeting begins; None where there is none."""

    async def knows_application(self, member: MembershipId, application: ApplicationId) -> bool:
        """Whether a member may know of this application, which may have ended before they came (C-01, C-11)."""

    async def knows_ballot(self, member: MembershipId, ballot: BallotId) -> bool:
        """The same of a ballot, which may be about one."""

    async def own_application(self, ballot: BallotId, person: PersonId) -> ApplicationId | None:
        """The application that a ballot is about, if it is this person's and they haven't taken it back."""

    async def invited(self, placement: PlacementId) -> PersonId | None:
        """Who has been invited by it; None where there is none."""

    async def conversation(self, assessment: AssessmentId) -> Conversation | None:
        """Whose it is, and the clock."""


class NewsUnitOfWork(UnitOfWork, Protocol):
    """One transaction in which it is asked who may hear of something."""

    @property
    def standings(self) -> Standings: ...
    @property
    def convenors(self) -> Convenors: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
    @property
    def news_reads(self) -> NewsReads: ...


class Tell(Protocol):
    """Whether somebody may hear of something, asked at that moment."""

    async def __call__(self, actor: Actor, happening: Happening, /) -> NewsView | None: ...


class Look(Protocol):
    """What somebody has to do with, in these organisations or in all of theirs."""

    async def __call__(
        self, actor: Actor, group_id: GroupId | None = None, /
    ) -> Mapping[OrganisationId, Around]: ...
