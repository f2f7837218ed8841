"""ID-porten: people in Norway, by electronic ID."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.adapters.identity.profiles.profile import Profile, Said, require_pairwise
from app.adapters.identity.values import Claims
from app.domain.shared.assurance import Assurance

_ABROAD = "eidas-"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdPorten(Profile):
    """The subject is pairwise; `pid` is never read (ask ID-porten for `no_pid`, and there is none). An ID token is
    refused by its type and by what only ID tokens have (rule 4). `selfregistered-email` means nothing: no level stands
    behind it."""

    name: ClassVar[str] = "id-porten"
    acr: ClassVar[Mapping[str, Assurance]] = {
        "idporten-loa-low": Assurance.LOW,
        "idporten-loa-substantial": Assurance.SUBSTANTIAL,
        "idporten-loa-high": Assurance.HIGH,
        "eidas-loa-substantial": Assurance.SUBSTANTIAL,
        "eidas-loa-high": Assurance.HIGH,
    }
    says_how_strong: ClassVar[bool] = True

    def read(self, claims: Claims) -> Said:
        """See `Profile.read`."""
        return require_pairwise(Profile.read(self, claims))

    def words_for(self, acr: Mapping[str, Assurance]) -> dict[Assurance, str]:
        """Without the words for logins from other countries: to ask for one opens that door at ID-porten, and whether
        it is open is the client's affair."""
        return Profile.words_for(
            self, {word: level for word, level in acr.items() if not word.startswith(_ABROAD)}
        )
