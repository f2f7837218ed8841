"""Which issuers we believe, and what each one's tokens have to look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from app.adapters.identity.profiles.profile import ACCESS_TOKEN, Profile
from app.domain.shared.assurance import Assurance

ASYMMETRIC = frozenset({"RS256", "RS384", "RS512", "PS256", "ES256"})
"""The only signatures that a verifier may ever be configured for: we hold no secret that could sign."""

_ACR = re.compile(r"[!#-\[\]-~]+")
"""One word that can stand among others between quotes in a header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerConfig:
    """One issuer, pinned. Raises `ValueError` where the configuration would let in what the rules keep out."""

    issuer: str
    """Compared with `iss` character by character."""
    audience: str
    """Our own name at this issuer; a token has exactly this one audience."""
    profile: Profile = field(default_factory=Profile)
    """What kind of issuer it is: its own checks beside the rules for all."""
    algorithms: frozenset[str] = frozenset({"RS256"})
    typ: frozenset[str] | None = ACCESS_TOKEN
    """Allowed values of the header `typ`, in small letters. None: not demanded (Maskinporten sends none); then
    it may be absent, `JWT` or `at+jwt`, and still nothing else."""
    max_lifetime: timedelta = timedelta(hours=1)
    """The longest time that may lie between `iat` and `exp`."""
    leeway: timedelta = timedelta(seconds=30)
    """How far the issuer's clock may differ from ours."""
    acr: Mapping[str, Assurance] = field(default_factory=dict)
    """What this issuer's words for the strength of a login mean; a word that isn't here means nothing."""
    without_acr: Assurance | None = None
    """What a login counts as that says no `acr`, or any login where `acr` here names none. None: never for step-up."""
    acr_values: Mapping[Assurance, str] = field(init=False, default_factory=dict)
    """What a client has to ask this issuer for to get at least each level: its words, the weakest first."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "acr_values", self.profile.words_for(self.acr))
        if not all(_ACR.fullmatch(word) for word in self.acr):
            raise ValueError("an acr is one word of ASCII, without quotes")
        if not self.issuer or not self.audience:
            raise ValueError("an issuer needs a name and an audience")
        if self.audience == "unspecified":
            raise ValueError("`unspecified` is what Maskinporten writes where a token is for anybody")
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

    def assurance_of(self, acr: str | None) -> Assurance | None:
        """What a login with this `acr` counts as."""
        return self.without_acr if acr is None or not self.acr else self.acr.get(acr)
