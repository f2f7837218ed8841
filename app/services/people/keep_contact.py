"""Give an organisation a way of reaching one."""

from dataclasses import dataclass, replace

from app.domain.people.consent import FOR_CONTACT, ConsentNeeded
from app.domain.people.contact import Contact, ContactKind, as_written_down
from app.domain.shared.actor import Actor
from app.domain.shared.ids import ContactId, OrganisationId
from app.services.people.consenting import resting_on
from app.services.people.contact_views import ContactView
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.consents import place_of_contact
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class KeepContact:
    """Give an organisation a way of reaching you, or correct it. One of each kind; sealed, and nobody sees it by default.

    It is kept for what you have consented to, so a consent to be contacted comes first. A national identity number is
    refused, and isn't kept or said back anywhere (P-h7).
    """

    transact: Transact[ConsentsUnitOfWork]
    vault: Vault

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, kind: ContactKind, value: str
    ) -> ContactView:
        person = actor.person_id
        written = as_written_down(kind, value)

        async def work(tx: ConsentsUnitOfWork) -> ContactView:
            grounds = resting_on(await tx.consents.hold(person))
            if not grounds:
                raise ConsentNeeded(FOR_CONTACT)
            before = await tx.contacts.find(person, kind)
            contact = Contact(
                id=before.id if before is not None else ContactId(tx.new_id()),
                organisation_id=organisation_id,
                person_id=person,
                kind=kind,
                sealed=b"",
                kept_at=tx.now,
            )
            sealed = self.vault.seal(person, place_of_contact(contact), written)
            await tx.contacts.put(replace(contact, sealed=sealed))
            return ContactView(
                organisation_id=organisation_id,
                kind=kind,
                value=written,
                kept_at=tx.now,
                rests_on=grounds,
            )

        return await self.transact.write(actor, organisation_id, work)
