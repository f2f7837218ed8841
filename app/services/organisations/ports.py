"""What the use cases of organisations need of a transaction."""

from datetime import datetime
from typing import Protocol

from app.domain.shared.ids import PersonId
from app.services.organisations.views import OrganisationView, RegistrationView
from app.services.ports.access_log import AccessLog
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Organisations, Policies, Registrations, Roles, StaffDeclarations
from app.services.ports.transaction import UnitOfWork


class OrganisationReads(Protocol):
    """Organisations and their people for showing."""

    async def directory(
        self, request: PageRequest, now: datetime, *, country: str | None
    ) -> Page[OrganisationView]:
        """All organisations, by name."""

    async def registrations(
        self, request: PageRequest, *, role: str | None, staff_only: bool
    ) -> Page[RegistrationView]:
        """Who has registered with this organisation, newest first."""

    async def registration(self, person: PersonId) -> RegistrationView | None:
        """One person's entry with this organisation."""


class OrganisationsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over an organisation."""

    @property
    def access_log(self) -> AccessLog: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
    @property
    def organisation_reads(self) -> OrganisationReads: ...
