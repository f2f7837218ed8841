"""The declaration of confidentiality: name, signature and date, once for each generation of the group (C-01 to C-08)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.groups.errors import DeclarationTextChanged, WitnessNotPossible
from app.domain.shared.ids import DeclarationId, GroupId, MembershipId, OrganisationId


class Signing(StrEnum):
    """How it was signed."""

    IN_APP = "in_app"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What somebody brings who signs in the app: the text that they read, by its hash, and their name."""

    text_version: str
    language: str
    text_sha256: str
    typed_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationText:
    """The text that holds now, in one language."""

    version: str
    language: str
    sha256: str

    def require_signed(self, signature: Signature) -> None:
        """Refuse a signature under any other text: nobody is bound by words that they haven't read (C-02)."""
        if (signature.text_version, signature.language, signature.text_sha256) != (
            self.version,
            self.language,
            self.sha256,
        ):
            raise DeclarationTextChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One member's signature in one generation. A moral promise, not a legal instrument (C-05, T9)."""

    id: DeclarationId
    organisation_id: OrganisationId
    group_id: GroupId
    generation: int
    membership_id: MembershipId
    how: Signing
    text_version: str
    language: str
    text_sha256: str
    typed_name: str | None
    """None on paper: the paper carries the name (D-h2)."""
    witnessed_by: MembershipId | None
    signed_at: datetime

    def __post_init__(self) -> None:
        if (self.how is Signing.ON_PAPER) != (self.witnessed_by is not None):
            raise ValueError("a signature on paper has a witness, one in the app has none")
        if (self.how is Signing.IN_APP) != (self.typed_name is not None):
            raise ValueError("a signature in the app carries the name")


def require_witness(*, witness: MembershipId, witness_has_signed: bool, signer: MembershipId) -> None:
    """A witness sits at the same table: another member, who has signed themselves (M-08, D-h2)."""
    if witness == signer or not witness_has_signed:
        raise WitnessNotPossible
