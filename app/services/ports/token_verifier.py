"""Port: is this token one that we accept, and whose is it?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """What a good token says. Only signed claims stand here."""

    issuer: str
    subject: str
    client_id: str | None
    scopes: frozenset[str]
    acr: str | None
    is_system: bool
    """A client-credentials token: a machine speaks for itself, no person is there."""
    expires_at: datetime
    """UTC."""


class TokenVerifier(Protocol):
    """Verifies an access token by the 14 rules of `docs/adr/0006`.

    Raises `Unauthenticated` (or `TokenExpired`, the one reason that is told) and nothing else; a token of any
    shape is refused, never a server error. `Busy` where the issuer's keys have never been seen and can't be had.
    """

    async def __call__(self, token: str, now: datetime) -> VerifiedToken: ...
