"""The person: a human being who logs in. No national id, no date of birth, no diagnosis, no address."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.people.protection import ProtectedBy, ProtectionConfirmed
from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import PersonId


class AgeConfirmation(StrEnum):
    """How it was confirmed that the person is of age. The date of birth itself is never kept (G-08)."""

    SELF_DECLARED = "self_declared"
    STRONG_LOGIN = "strong_login"


class NotOfAge(DomainError):
    """Groups are for people who have turned 18. Nothing about the person is kept."""

    kind, code, rules = Kind.CONFLICT, "people.not_of_age", ("G-08",)


class AccountNotOfAge(NotOfAge):
    """Somebody with an account says that they haven't turned 18. What is kept about them stays until they erase it."""

    code = "people.account_not_of_age"


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
    protected_at: datetime | None = None
    """Since when their identity is protected; None: it isn't."""
    protected_by: ProtectedBy | None = None

    def protected(self, by: ProtectedBy, now: datetime) -> "Person":
        """With protected identity, from now on; whoever is protected already stays so."""
        if self.protected_at is not None:
            return self
        return replace(self, protected_at=now, protected_by=by)

    def unprotected(self, *, login_says_so: bool) -> "Person":
        """Without it again, by the person's own word; not while their login still says it."""
        if login_says_so:
            raise ProtectionConfirmed
        return replace(self, protected_at=None, protected_by=None)
