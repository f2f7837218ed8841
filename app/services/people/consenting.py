"""What the use cases of consents and contacts have in common."""

from collections.abc import Iterable

from app.domain.organisations.organisation import NotRegistered
from app.domain.people.consent import FOR_CONTACT, Consent
from app.domain.people.contact import Contact
from app.domain.shared.ids import ConsentId, PersonId
from app.services.people.contact_views import ContactView
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.consents import place_of_contact
from app.services.ports.vault import Vault


async def require_registered(tx: ConsentsUnitOfWork, person: PersonId) -> None:
    """Whoever has nothing to do with the organisation has nothing to ask for there."""
    if not await tx.registrations.has(person):
        raise NotRegistered


def shown(vault: Vault, contact: Contact, standing: Iterable[Consent]) -> ContactView | None:
    """One's own way of being reached; None where no key opens it any more."""
    value = vault.open(place_of_contact(contact), contact.sealed)
    if value is None:
        return None
    return ContactView(
        organisation_id=contact.organisation_id,
        kind=contact.kind,
        value=value,
        kept_at=contact.kept_at,
        rests_on=resting_on(standing),
    )


def resting_on(standing: Iterable[Consent]) -> list[ConsentId]:
    """The consents that a contact is kept for, the oldest first."""
    held = [each for each in standing if each.stands and each.purpose in FOR_CONTACT]
    return [each.id for each in sorted(held, key=lambda each: (each.given_at, each.id))]
