"""HelseID: health personnel and the health sector's systems in Norway."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from app.adapters.identity.profiles.organisation_numbers import from_norwegian
from app.adapters.identity.profiles.profile import OWN_RULE, Profile, Said, require_pairwise
from app.adapters.identity.rules import RuleBroken
from app.adapters.identity.values import Claims
from app.domain.shared.assurance import Assurance

SECURITY_LEVEL = "helseid://claims/identity/security_level"
CONSUMER = "helseid://claims/client/claims/orgnr_parent"
SUPPLIER = "helseid://claims/client/claims/orgnr_supplier"
_LEVELS = {
    "2": Assurance.LOW,
    "3": Assurance.SUBSTANTIAL,
    "4": Assurance.HIGH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelseId(Profile):
    """Tokens are bound to the client's key: only good with a DPoP proof. `pid` and the health personnel's number are
    never read."""

    name: ClassVar[str] = "helseid"
    algorithms: ClassVar[frozenset[str]] = frozenset({"RS256", "PS256", "ES256"})
    acr: ClassVar[Mapping[str, Assurance]] = {"Level3": Assurance.SUBSTANTIAL, "Level4": Assurance.HIGH}
    says_how_strong: ClassVar[bool] = True
    demands_proof: ClassVar[bool] = True

    def read(self, claims: Claims) -> Said:
        """See `Profile.read`; a system acts for the organisation that it belongs to, whoever supplies it."""
        said = require_pairwise(Profile.read(self, claims))
        if not said.is_system:
            return said
        consumer, supplier = (
            from_norwegian(claims[name]) if name in claims else None for name in (CONSUMER, SUPPLIER)
        )
        if supplier is not None and consumer is None:
            raise RuleBroken(OWN_RULE)
        return replace(said, consumer=consumer, supplier=supplier)

    def strength(self, claims: Claims, by_acr: Assurance | None) -> Assurance | None:
        """By the security level; a level that isn't one of theirs means nothing. `acr` is what clients ask with."""
        level = claims.get(SECURITY_LEVEL)
        if type(level) is int:
            level = str(level)
        return _LEVELS.get(level) if isinstance(level, str) else None

    def words_for(self, acr: Mapping[str, Assurance]) -> dict[Assurance, str]:
        """One word: to HelseID it is the least that is accepted, and a second one would narrow the choice further."""
        return {least: words.split()[0] for least, words in Profile.words_for(self, acr).items()}
