"""Take a way of reaching one away."""

from dataclasses import dataclass

from app.domain.people.contact import ContactKind, ContactNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RemoveContact:
    """Take a way of reaching you away from an organisation. Your consents stay as they are."""

    transact: Transact[ConsentsUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId, kind: ContactKind) -> None:
        person = actor.person_id

        async def work(tx: ConsentsUnitOfWork) -> None:
            if not await tx.contacts.remove(person, kind):
                raise ContactNotFound

        await self.transact.write(actor, organisation_id, work)
