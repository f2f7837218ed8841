"""Register with an organisation."""

from dataclasses import dataclass

from app.domain.organisations.organisation import Registration
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import RegistrationView
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class Register:
    """Register with an organisation, yourself: nobody can do it for you (A-06, A-07). Again: to change your name there."""

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId, name: str) -> RegistrationView:
        person = actor.person_id

        async def work(tx: OrganisationsUnitOfWork) -> RegistrationView:
            await tx.organisations.get(organisation_id)
            registration = Registration(
                organisation_id=organisation_id,
                person_id=person,
                name=name,
                registered_at=await tx.read_clock(),
            )
            registration = await tx.registrations.put(registration)
            return RegistrationView.of(registration, await tx.roles.of(person))

        return await self.transact.write(actor, organisation_id, work, door=Door.PUBLIC)
