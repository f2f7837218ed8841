"""Where the vault keeps whom somebody would rather not meet."""

from app.domain.organisations.organisation import Country
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.texts import HelpView, Words
from app.services.ports.vault import Place, Vault


def seal(vault: Vault, organisation: OrganisationId, person: PersonId, words: str) -> bytes:
    """Seal it for this person in this organisation."""
    return vault.seal(person, _place(organisation, person), words)


def unseal(vault: Vault, organisation: OrganisationId, person: PersonId, sealed: bytes | None) -> str | None:
    """The words again, if there are any."""
    return None if sealed is None else vault.open(_place(organisation, person), sealed)


def _place(organisation: OrganisationId, person: PersonId) -> Place:
    return Place(organisation, "interest", "private_wish", (person,))


def help_in(words: Words, country: Country, language: str) -> list[HelpView]:
    """Numbers to call right away, beside every free text; the text itself is never searched for a cause (I-h4)."""
    return words.other_help(country, language)
