"""Refusals: what the domain says when something may not happen.

A refusal carries its kind, its code and the ids of the rules behind it, and no HTTP status: the ways in map kinds
to statuses in one table (`app/api/shared/problems.py`). What people read stands in `app/content/`, by code.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """What sort of refusal this is; the ways in turn it into a status."""

    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    GONE = "gone"
    INVALID = "invalid"
    STALE = "stale"
    PRECONDITION_REQUIRED = "precondition_required"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


class DomainError(Exception):
    """A refusal. `facts` are the few values that the text for people may name (dates, numbers: never people)."""

    kind: ClassVar[Kind]
    code: ClassVar[str]
    rules: ClassVar[tuple[str, ...]] = ()
    purposes: tuple[str, ...] = ()
    """The purposes of which a consent to one would be enough, where it is a consent that is missing."""

    def __init__(self, pointer: str | None = None, /, **facts: str | int) -> None:
        super().__init__(self.code)
        self.pointer = pointer
        """JSON Pointer of the argument that is at fault, where one is."""
        self.facts: Mapping[str, str | int] = facts


class NotFound(DomainError):
    """It isn't there, or it isn't there for you: to outsiders both look the same."""

    kind, code = Kind.NOT_FOUND, "shared.not_found"


class Invalid(DomainError):
    """A value that is well-formed but can't be meant."""

    kind, code = Kind.INVALID, "shared.invalid"


class Stale(DomainError):
    """Somebody changed it since you read it (`If-Match` or `version` does not fit any more)."""

    kind, code = Kind.STALE, "shared.stale"


class PreconditionRequired(DomainError):
    """This can be changed by several people: say which version you have read."""

    kind, code = Kind.PRECONDITION_REQUIRED, "shared.precondition_required"


class IdempotencyMismatch(DomainError):
    """The same idempotency key came with another request."""

    kind, code = Kind.INVALID, "shared.idempotency_mismatch"


class IdempotencyInProgress(DomainError):
    """The first request with this idempotency key is still under way."""

    kind, code = Kind.CONFLICT, "shared.idempotency_in_progress"


class CursorMismatch(DomainError):
    """The cursor is not one of ours, is too old, or belongs to another question or person."""

    kind, code = Kind.INVALID, "shared.cursor_mismatch"


class Busy(DomainError):
    """The database could not finish in time; nothing was changed, or the same key tells whether it was."""

    kind, code = Kind.UNAVAILABLE, "shared.busy"


class TooMany(DomainError):
    """More than we let one caller ask for in so short a time; `retry_after` seconds later there is room again."""

    kind, code = Kind.TOO_MANY, "shared.too_many"


class Unauthenticated(DomainError):
    """No token, or none that we accept. Which check failed is never said, except that it has expired."""

    kind, code = Kind.UNAUTHENTICATED, "shared.unauthenticated"


class TokenExpired(Unauthenticated):
    """The token was good once."""

    code = "shared.token_expired"


class StepUpNeeded(DomainError):
    """The login is good, and not strong enough for this: log in again with more assurance (RFC 9470).

    `assurance` names the level in our words; `acr_values` is what to ask the token's issuer for, if we know.
    """

    kind, code = Kind.UNAUTHENTICATED, "shared.step_up_needed"


class PersonNeeded(DomainError):
    """Only a person can do this; a system or an unregistered login can't."""

    kind, code, rules = Kind.FORBIDDEN, "shared.person_needed", ("A-07",)


def all_refusals(root: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Every refusal that has been defined, for the catalogue, the content test and the problem pages."""
    for cls in root.__subclasses__():
        if "code" in vars(cls):
            yield cls
        yield from all_refusals(cls)
