"""Brokers of MitID: people in Denmark, by electronic ID."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.adapters.identity.profiles.profile import Profile, Said, require_pairwise
from app.adapters.identity.values import Claims
from app.domain.shared.assurance import Assurance

NSIS = "https://data.gov.dk/concept/core/nsis/"
PROTECTION = "mitid_name_and_address_protection"
_LEVELS = {level.name: level for level in Assurance}
_NAMES = tuple(f"{prefix}{name}" for name in ("loa", "ial", "aal") for prefix in ("", "mitid_", "mitid."))
"""Level of the login, of the identity, of the means; each broker has its own spelling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MitIdBroker(Profile):
    """CPR is never read, and its scope never to be asked for. A protected name and address is told by the broker."""

    name: ClassVar[str] = "mitid-broker"
    acr: ClassVar[Mapping[str, Assurance]] = {f"{NSIS}{level.name.title()}": level for level in Assurance}
    says_how_strong: ClassVar[bool] = True
    address_protection_claim: str | None = PROTECTION

    def read(self, claims: Claims) -> Said:
        """See `Profile.read`."""
        return require_pairwise(Profile.read(self, claims))

    def strength(self, claims: Claims, by_acr: Assurance | None) -> Assurance | None:
        """The least of all levels that are told; one that can't be read means nothing. Without any, by `acr`."""
        told = [_level(claims[name]) for name in _NAMES if name in claims]
        if not told:
            return by_acr
        return min((level for level in told if level is not None), default=None) if all(told) else None


def _level(value: object) -> Assurance | None:
    return _LEVELS.get(value.removeprefix(NSIS).upper()) if isinstance(value, str) else None
