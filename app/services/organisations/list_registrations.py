"""Look through who has registered."""

from dataclasses import dataclass

from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.staff import require_role
from app.services.organisations.views import RegistrationView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListRegistrations:
    """List who has registered with your organisation, newest first, as its administrator or coordinator."""

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest, role: Role | None = None
    ) -> Page[RegistrationView]:
        person = actor.person_id

        async def work(tx: OrganisationsUnitOfWork) -> Page[RegistrationView]:
            await require_role(tx, person, Role.ADMINISTRATOR, Role.COORDINATOR)
            return await tx.organisation_reads.registrations(page, role=role)

        return await self.transact.read(actor, organisation_id, work)
