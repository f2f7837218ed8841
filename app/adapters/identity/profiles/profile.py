"""Any issuer of OpenID Connect or OAuth; the other profiles begin from here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.adapters.identity.metadata import OPENID
from app.adapters.identity.rules import RuleBroken
from app.adapters.identity.values import Claims, text
from app.domain.shared.assurance import Assurance

OWN_RULE = 16
"""The number of what a profile asks for beside the rules for all."""
ACCESS_TOKEN = frozenset({"at+jwt"})
"""`typ` of an access token by RFC 9068."""
_MACHINE_GRANTS = frozenset({"client-credentials", "client_credentials"})
_NATIONAL_ID = re.compile(r"\d{11}|\d{6}-?\d{4}|\d{6} \d{5}", re.ASCII)
_UNSET = frozenset({False, "false", "False", "FALSE"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a token says beside issuer, audience, times, scopes and `acr`."""

    subject: str
    client_id: str | None
    is_system: bool
    consumer: str | None = None
    supplier: str | None = None
    address_protected: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An issuer of which nothing is known but that it keeps to the standards."""

    name: ClassVar[str] = "oidc"
    discovery: ClassVar[str] = OPENID
    algorithms: ClassVar[frozenset[str]] = frozenset({"RS256"})
    """What is allowed where the settings say nothing."""
    typ: ClassVar[frozenset[str] | None] = ACCESS_TOKEN
    """The same for the header `typ`."""
    acr: ClassVar[Mapping[str, Assurance]] = {}
    """The same for what its words for the strength of a login mean."""
    says_how_strong: ClassVar[bool] = False
    """Whether that can be left unsaid in the settings: it is known here, or nobody logs in."""
    demands_proof: ClassVar[bool] = False
    """Whether a token is good only with a proof that its holder has the key (DPoP)."""
    address_protection_claim: str | None = None
    """The claim that tells of a protected name and address, where there is one."""

    def read(self, claims: Claims) -> Said:
        """What these signed claims say; raises `RuleBroken` where this profile refuses them.

        A machine speaks for itself where there is no `sub` but a `client_id` (the client is the subject then), where
        both are the same (RFC 9068 §2.2), or where `gty` says client credentials. In doubt a token is a machine's: no
        machine is ever a member of anything, so a mistake takes rights away and gives none.
        """
        subject, client_id = text(claims, "sub", rule=12), text(claims, "client_id", rule=12)
        grant = text(claims, "gty", rule=12)
        if subject is None:
            if client_id is None:
                raise RuleBroken(12)
            return Said(client_id, client_id, True)
        if subject == client_id or grant in _MACHINE_GRANTS:
            return Said(subject, client_id, True)
        return Said(subject, client_id, False, address_protected=self._address_protected(claims))

    def strength(self, claims: Claims, by_acr: Assurance | None) -> Assurance | None:
        """How strong the login was; `by_acr` is what the settings make of its `acr`."""
        return by_acr

    def words_for(self, acr: Mapping[str, Assurance]) -> dict[Assurance, str]:
        """What a client has to ask this issuer for to get at least each level: its words, the weakest first."""
        words = sorted(acr, key=lambda word: (acr[word], word))
        enough = {least: [word for word in words if acr[word] >= least] for least in Assurance}
        return {least: " ".join(found) for least, found in enough.items() if found}

    def _address_protected(self, claims: Claims) -> bool | None:
        """Whether name and address are protected; what can't be read counts as yes, for somebody may be in hiding."""
        value = claims.get(self.address_protection_claim or "")
        if value is None:
            return None
        return not (isinstance(value, (bool, str)) and value in _UNSET)


def require_pairwise(said: Said) -> Said:
    """Refuse a person's subject that looks like a national id: such a number must never reach a table."""
    if not said.is_system and _NATIONAL_ID.fullmatch(said.subject):
        raise RuleBroken(OWN_RULE)
    return said
