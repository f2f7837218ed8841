"""Look at the ways of reaching one that an organisation has."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.people.consenting import require_registered, shown
from app.services.people.contact_views import ContactView
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class ListMyContacts:
    """See how an organisation can reach you, and what you have consented to it for."""

    transact: Transact[ConsentsUnitOfWork]
    vault: Vault

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> list[ContactView]:
        person = actor.person_id

        async def work(tx: ConsentsUnitOfWork) -> list[ContactView]:
            await require_registered(tx, person)
            standing = await tx.consents.standing(person)
            found = [shown(self.vault, each, standing) for each in await tx.contacts.of(person)]
            return [each for each in found if each is not None]

        return await self.transact.read(actor, organisation_id, work)
