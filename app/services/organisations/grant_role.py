"""Give somebody a role."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.organisations.organisation import NotRegistered, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.staff import require_role
from app.services.organisations.views import RegistrationView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class GrantRole:
    """Give a registered person a role in your organisation. No role is one inside a group: there are none (G-01)."""

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, person_id: PersonId, role: Role
    ) -> RegistrationView:
        administrator = actor.person_id

        async def work(tx: OrganisationsUnitOfWork) -> RegistrationView:
            await require_role(tx, administrator, Role.ADMINISTRATOR)
            had = role in await tx.roles.of(person_id)
            await tx.roles.grant(person_id, role, await tx.read_clock())
            view = await tx.organisation_reads.registration(person_id)
            if view is None:
                raise NotRegistered
            if not had:
                await tx.access_log.note(
                    actor,
                    Access(
                        deed=Deed.GRANTED,
                        data=AccessedData.ROLE,
                        acting_as=ActingAs.ADMINISTRATOR,
                        purpose=AccessPurpose.STAFFING,
                        about=person_id,
                    ),
                )
            return view

        return await self.transact.write(actor, organisation_id, work)
