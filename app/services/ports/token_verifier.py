"""Port: is this token one that we accept, and whose is it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.shared.assurance import Assurance

PROOF_ALGORITHMS = ("ES256", "PS256", "RS256")
"""What a proof of possession may be signed with; clients are told so."""


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
    assurance: Assurance | None = None
    """What `acr` means in our words; None where it says nothing that we know."""
    acr_values: Mapping[Assurance, str] = field(default_factory=dict, compare=False)
    """This issuer's words for at least this much, the least first: what a client asks it for (RFC 9470)."""
    consumer: str | None = None
    """A system's: the organisation it acts for, as `icd:number` (`0192:991825827`)."""
    supplier: str | None = None
    """A system's: the organisation that runs it for the consumer, where that is another."""
    address_protected: bool | None = None
    """What is said of a protected name and address; None where nothing is."""


@dataclass(frozen=True, slots=True)
class Possession:
    """What a client shows beside a token that is bound to its key: a proof (RFC 9449), and what for."""

    proof: str
    method: str
    """The request's own method, as it was sent."""
    url: str
    """The request's address as we publish it; whatever a caller says of our name counts for nothing."""


class TokenVerifier(Protocol):
    """Verifies an access token by the rules of `docs/adr/0006` and `0022`.

    Raises `Unauthenticated` (or `TokenExpired`, the one reason that is told) and nothing else; a token of any
    shape is refused, never a server error. `Busy` where the issuer's keys have never been seen and can't be had.
    """

    async def __call__(
        self, token: str, now: datetime, possession: Possession | None = None
    ) -> VerifiedToken: ...
