"""Ways of reaching a person: given by themselves, for a purpose that they have consented to, and for nothing else."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.people.national_id import refuse_national_id
from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import ContactId, OrganisationId, PersonId

_EMAIL = re.compile(
    r"[^@\s<>\"(),:;\\\[\]]{1,64}@(?=.{3,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}"
)
_SPACING = re.compile(r"[\s().\-/]")
_TELEPHONE = re.compile(r"\+[1-9][0-9]{6,14}|[2-9][0-9]{7}")


class ContactKind(StrEnum):
    """Ways of reaching somebody. A postal address is none of them: it isn't wanted (model.md)."""

    EMAIL = "email"
    TELEPHONE = "telephone"


class ContactNotFound(DomainError):
    """There is no such way of reaching anybody, or none for you."""

    kind, code = Kind.NOT_FOUND, "people.contact_not_found"


class NoSuchContact(DomainError):
    """This is neither an e-mail address nor a telephone number."""

    kind, code = Kind.INVALID, "people.no_such_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One way of reaching one person, as one organisation keeps it: sealed."""

    id: ContactId
    organisation_id: OrganisationId
    person_id: PersonId
    kind: ContactKind
    sealed: bytes
    kept_at: datetime


def as_written_down(kind: ContactKind, value: str) -> str:
    """The value in its one spelling. Refuses a national identity number, and what can't be reached at all."""
    refuse_national_id(value, "/value")
    if kind is ContactKind.EMAIL:
        address = value.strip()
        if len(address) > 254 or _EMAIL.fullmatch(address) is None:
            raise NoSuchContact("/value")
        return address
    number = _SPACING.sub("", value)
    number = f"+{number[2:]}" if number.startswith("00") else number
    if _TELEPHONE.fullmatch(number) is None:
        raise NoSuchContact("/value")
    return number
