"""The person: a human being who logs in. No national id, no date of birth, no diagnosis, no address."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import PersonId


class AgeConfirmation(StrEnum):
    """How it was confirmed that the person is of age. The date of birth itself is never kept (G-08)."""

    SELF_DECLARED = "self_declared"
    STRONG_LOGIN = "strong_login"


class NotOfAge(DomainError):
    """Groups are for people who have turned 18. Nothing about the person is kept."""

    kind, code, rules = Kind.CONFLICT, "people.not_of_age", ("G-08",)


class NotIntroduced(DomainError):
    """This login has not introduced itself yet (`PUT /v1/me`)."""

    kind, code = Kind.FORBIDDEN, "people.not_introduced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who logs in, as far as the service needs to know them."""

    id: PersonId
    chosen_name: str
    languages: tuple[str, ...]
    """In the order in which the person prefers them (nb, nn, da, en)."""
    of_age_confirmed_at: datetime
    of_age_confirmed_by: AgeConfirmation
    introduced_at: datetime
    version: int
