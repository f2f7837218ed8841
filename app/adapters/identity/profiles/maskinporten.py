"""Maskinporten: Norwegian organisations' systems, by organisation number."""

from dataclasses import dataclass
from typing import ClassVar

from app.adapters.identity.metadata import OAUTH
from app.adapters.identity.profiles.organisation_numbers import from_iso6523
from app.adapters.identity.profiles.profile import OWN_RULE, Profile, Said
from app.adapters.identity.rules import RuleBroken
from app.adapters.identity.values import Claims, text

ALTINN = "https://www.altinn.no"
_RESTRICTED = ("pid", "authorization_details")
"""`pid`: good for one citizen's matters only. `authorization_details`: a "systembruker", whose `consumer` is the
*vendor* and whose customer stands elsewhere; read as usual it would let a supplier pass for a consumer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maskinporten(Profile):
    """Access goes by `consumer`, never by `client_id`. That the audience is ours is demanded by rule 10 for all: a
    token without an audience, or with `unspecified`, could have been shown to us by anybody who was shown it."""

    name: ClassVar[str] = "maskinporten"
    discovery: ClassVar[str] = OAUTH
    algorithms: ClassVar[frozenset[str]] = frozenset({"RS256", "RS384", "RS512"})
    typ: ClassVar[frozenset[str] | None] = None
    says_how_strong: ClassVar[bool] = True
    delegation_sources: frozenset[str] = frozenset({ALTINN})
    """Who may have registered that a supplier acts for a consumer."""

    def read(self, claims: Claims) -> Said:
        """See `Profile.read`; here it is always a system's, whatever else it says."""
        client_id = text(claims, "client_id", rule=12)
        if client_id is None:
            raise RuleBroken(12)
        if any(name in claims for name in _RESTRICTED):
            raise RuleBroken(OWN_RULE)
        consumer = from_iso6523(claims.get("consumer"))
        source = text(claims, "delegation_source", rule=OWN_RULE)
        if "supplier" not in claims:
            if source is not None:
                raise RuleBroken(OWN_RULE)
            return Said(client_id, client_id, True, consumer=consumer)
        if source not in self.delegation_sources:
            raise RuleBroken(OWN_RULE)
        supplier = from_iso6523(claims["supplier"])
        return Said(client_id, client_id, True, consumer=consumer, supplier=supplier)
