"""What the use cases of admission need of a transaction."""

from typing import Protocol

from app.domain.admission.application import Application
from app.domain.admission.ballot import Ballot
from app.domain.shared.ids import ApplicationId, BallotId, GroupId, MembershipId, PersonId
from app.services.admission.views import OfferView
from app.services.ports.assignments import Assignments
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import (
    Applications,
    Ballots,
    Declarations,
    GroundRulesBook,
    Groups,
    IntakeOutcomes,
    Memberships,
    Organisations,
    Policies,
    Registrations,
    Standings,
)
from app.services.ports.transaction import UnitOfWork


class AdmissionReads(Protocol):
    """Offers, ballots and applications for showing."""

    async def offers(
        self, request: PageRequest, *, theme: str | None, form: str | None, kind: str | None
    ) -> Page[OfferView]:
        """Published forming groups, and groups that are open for new people, full or not: a list that moved with
        seats would tell the world of each ballot, entry and leaving."""

    async def group_by_code(self, code: str) -> GroupId | None:
        """The group with this application code."""

    async def ballots(self, group: GroupId, member: MembershipId, request: PageRequest) -> Page[Ballot]:
        """The ballots of a group that a member may know of, newest first."""

    async def applications(
        self, group: GroupId, member: MembershipId, request: PageRequest
    ) -> Page[Application]:
        """The applications to a group that a member may know of, newest first: those that hadn't ended before the
        membership began (C-01, C-11)."""

    async def knows_application(self, member: MembershipId, application: ApplicationId) -> bool:
        """Whether a member may know of this application."""

    async def knows_ballot(self, member: MembershipId, ballot: BallotId) -> bool:
        """Whether a member may know of this ballot: of one on an application only together with that."""

    async def applications_of(self, person: PersonId) -> list[Application]:
        """This person's applications in the organisation, newest first."""


class AdmissionUnitOfWork(UnitOfWork, Protocol):
    """One transaction over applications and ballots."""

    @property
    def standings(self) -> Standings: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def memberships(self) -> Memberships: ...
    @property
    def declarations(self) -> Declarations: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def applications(self) -> Applications: ...
    @property
    def assignments(self) -> Assignments: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def ground_rules(self) -> GroundRulesBook: ...
    @property
    def intake_outcomes(self) -> IntakeOutcomes: ...
    @property
    def admission_reads(self) -> AdmissionReads: ...
