"""What the use cases of groups need of a transaction."""

from typing import Protocol

from app.domain.groups.ground_rules import GroundRules
from app.domain.groups.membership import Placement
from app.domain.shared.ids import GroupId, PersonId
from app.services.groups.forming_views import WaitingEntryView, WaitingView
from app.services.groups.in_list import GroupInList
from app.services.groups.own_views import PastMembership
from app.services.groups.place_views import InvitationView
from app.services.groups.views import GroupPage
from app.services.ports.calendars import CalendarAddresses
from app.services.ports.forming import Convenors, WaitingList
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import (
    Applications,
    Ballots,
    Declarations,
    GroundRulesBook,
    Groups,
    IntakeOutcomes,
    Leaves,
    Memberships,
    Organisations,
    Placements,
    Policies,
    Registrations,
    Roles,
    StaffDeclarations,
    Standings,
)
from app.services.ports.transaction import UnitOfWork


class GroupReads(Protocol):
    """Groups for showing: straight from SQL, without locks."""

    async def page(self, group: GroupId, person: PersonId) -> GroupPage:
        """One group with its members and its next meeting; `GroupNotFound` where there is none."""

    async def mine(self, person: PersonId) -> list[GroupPage]:
        """Every group in the organisation that this person has a place in."""

    async def of_organisation(
        self,
        person: PersonId,
        request: PageRequest,
        *,
        theme: str | None,
        form: str | None,
        phase: str | None,
    ) -> Page[GroupInList] | None:
        """The organisation's groups, newest first, and the clock; None for whoever isn't its coordinator."""


class FormingReads(Protocol):
    """What there is to see while a group forms."""

    async def group_by_code(self, code: str) -> GroupId | None:
        """The group with this code."""

    async def code_of(self, group: GroupId) -> str:
        """The code with which people ask for a place in it."""

    async def waiting(self, group: GroupId, request: PageRequest) -> Page[WaitingEntryView]:
        """Who waits, in the order of asking."""

    async def my_waiting(self, person: PersonId) -> list[WaitingView]:
        """Where this person waits: forming groups only."""

    async def placements(self, group: GroupId) -> list[tuple[Placement, bool]]:
        """Who has been invited into a forming group, and whether they are in it and named as a convenor."""

    async def my_invitations(self, person: PersonId) -> list[InvitationView]:
        """This person's invitations that can still be answered: unanswered, into groups that are forming."""


class OwnReads(Protocol):
    """A group's own affairs, for showing."""

    async def ground_rules(self, group: GroupId, request: PageRequest) -> Page[GroundRules]:
        """The drafts of a group's ground rules, newest first."""

    async def past_memberships(self, person: PersonId) -> list[PastMembership]:
        """This person's memberships in the organisation that have ended, newest first."""


class GroupsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over groups."""

    @property
    def standings(self) -> Standings: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def placements(self) -> Placements: ...
    @property
    def convenors(self) -> Convenors: ...
    @property
    def waiting_list(self) -> WaitingList: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def memberships(self) -> Memberships: ...
    @property
    def declarations(self) -> Declarations: ...
    @property
    def applications(self) -> Applications: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
    @property
    def ground_rules(self) -> GroundRulesBook: ...
    @property
    def leaves(self) -> Leaves: ...
    @property
    def calendar_addresses(self) -> CalendarAddresses: ...
    @property
    def intake_outcomes(self) -> IntakeOutcomes: ...
    @property
    def own_reads(self) -> OwnReads: ...
    @property
    def group_reads(self) -> GroupReads: ...
    @property
    def forming_reads(self) -> FormingReads: ...
