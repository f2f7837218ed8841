"""Ports: what somebody has consented to, its words, and how they can be reached."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.people.consent import Consent, ConsentText, Purpose
from app.domain.people.contact import Contact, ContactKind
from app.domain.shared.ids import ConsentId, PersonId
from app.services.ports.vault import Place


def place_of_contact(contact: Contact) -> Place:
    """What the sealed value of a contact is bound to."""
    return Place(contact.organisation_id, "contact", "sealed", (contact.id, contact.kind))


class Consents(Protocol):
    """Consents, none of them ever edited: they stand, or they have been taken back."""

    async def hold(self, person: PersonId) -> list[Consent]:
        """Lock what this person consents to in the organisation, and load what stands; the clock is read after the lock.
        `NotRegistered` for whoever has nothing to do with it."""

    async def add(self, consent: Consent) -> None: ...
    async def end(self, consents: Sequence[Consent]) -> None:
        """Save that they have been taken back."""

    async def find(self, consent: ConsentId) -> Consent | None: ...
    async def stands(self, person: PersonId, purpose: Purpose) -> bool:
        """Whether this person's consent to it holds now."""

    async def standing(self, person: PersonId) -> list[Consent]:
        """What stands, without a lock."""


class Contacts(Protocol):
    """Ways of reaching people, sealed; one of each kind for a person in an organisation."""

    async def put(self, contact: Contact) -> None:
        """Keep it in the place of an earlier one."""

    async def find(self, person: PersonId, kind: ContactKind) -> Contact | None: ...
    async def of(self, person: PersonId) -> list[Contact]: ...
    async def remove(self, person: PersonId, kind: ContactKind | None = None) -> int:
        """Remove one kind, or all; how many there were."""


class ConsentTexts(Protocol):
    """The words of each purpose that hold now, by language (nb, nn, da, en)."""

    def consent(self, purpose: Purpose, language: str) -> ConsentText:
        """Version and hash of the words; `Invalid` for a language that we don't have."""

    def consent_title(self, purpose: Purpose, language: str) -> str: ...
    def consent_body(self, purpose: Purpose, language: str) -> tuple[str, ...]: ...
    def after_withdrawal(self, purpose: Purpose, language: str) -> str:
        """What follows from taking it back, in words."""
