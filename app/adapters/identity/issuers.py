"""Which issuers we believe, and what each one's tokens have to look like."""

from dataclasses import dataclass
from datetime import timedelta

ASYMMETRIC = frozenset({"RS256", "PS256", "ES256"})
"""The only signatures that a verifier may ever be configured for: we hold no secret that could sign."""

ACCESS_TOKEN = frozenset({"at+jwt"})
"""`typ` of an access token by RFC 9068."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerConfig:
    """One issuer, pinned. Raises `ValueError` where the configuration would let in what the rules keep out."""

    issuer: str
    """Compared with `iss` character by character."""
    audience: str
    """Our own name at this issuer; a token has exactly this one audience."""
    jwks_uri: str | None = None
    """Where the public keys are fetched from; None where they come from this process (development issuer)."""
    algorithms: frozenset[str] = frozenset({"RS256"})
    typ: frozenset[str] | None = ACCESS_TOKEN
    """Allowed values of the header `typ`, in small letters. None: not demanded (Maskinporten sends none); then
    it may be absent, `JWT` or `at+jwt`, and still nothing else."""
    max_lifetime: timedelta = timedelta(hours=1)
    """The longest time that may lie between `iat` and `exp`."""
    leeway: timedelta = timedelta(seconds=30)
    """How far the issuer's clock may differ from ours."""

    def __post_init__(self) -> None:
        if not self.issuer or not self.audience:
            raise ValueError("an issuer needs a name and an audience")
        if not self.algorithms or not self.algorithms <= ASYMMETRIC:
            raise ValueError(f"algorithms must be among {', '.join(sorted(ASYMMETRIC))}")
        if self.typ is not None and not self.typ:
            raise ValueError(
                "an empty set of types would refuse everything; None means that none is demanded"
            )
        if self.typ is not None and any(typ != typ.lower() or typ == "jwt" for typ in self.typ):
            raise ValueError("types are written in small letters, and `jwt` would let ID tokens in")
        if self.max_lifetime <= timedelta(0):
            raise ValueError("a token has to live for some time")
        if not timedelta(0) <= self.leeway <= timedelta(seconds=60):
            raise ValueError("clocks that differ by more than a minute have to be set, not forgiven")
