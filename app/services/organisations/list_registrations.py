"""Look through who has registered."""

from dataclasses import dataclass

from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import RegistrationView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListRegistrations:
    """List who has registered with your organisation, newest first.

    Coordinators see everybody; administrators only those who have a role: they have no business with the others.
    """

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest, role: Role | None = None
    ) -> Page[RegistrationView]:
        person = actor.person_id

        async def work(tx: OrganisationsUnitOfWork) -> Page[RegistrationView]:
            mine = await tx.roles.of(person)
            if not mine & {Role.ADMINISTRATOR, Role.COORDINATOR}:
                raise NotStaff
            await tx.staff_declarations.require(person)
            staff_only = Role.COORDINATOR not in mine
            return await tx.organisation_reads.registrations(page, role=role, staff_only=staff_only)

        return await self.transact.read(actor, organisation_id, work)
