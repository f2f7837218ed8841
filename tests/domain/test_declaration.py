"""The declaration of confidentiality: the words that were read, a name or a witness, and nothing in between."""

from dataclasses import replace

import pytest

from app.domain.groups.declaration import (
    Declaration,
    DeclarationText,
    Signature,
    Signing,
    require_witness,
)
from app.domain.groups.errors import DeclarationTextChanged, WitnessNotPossible
from app.domain.shared.ids import DeclarationId, GroupId, MembershipId
from tests.domain.build import HERE, NOW, an_id

TEXT = DeclarationText(version="1", language="nb", sha256="a" * 64)
SIGNED = Signature(text_version="1", language="nb", text_sha256="a" * 64, typed_name="Kari")
ME, OTHER = MembershipId(an_id(1)), MembershipId(an_id(2))


def declaration(how: Signing, name: str | None, witness: MembershipId | None) -> Declaration:
    return Declaration(
        id=DeclarationId(an_id(3)),
        organisation_id=HERE,
        group_id=GroupId(an_id(800)),
        generation=1,
        membership_id=ME,
        how=how,
        text_version="1",
        language="nb",
        text_sha256="a" * 64,
        typed_name=name,
        witnessed_by=witness,
        signed_at=NOW,
    )


@pytest.mark.rule("C-02")
def test_c02_only_the_text_that_holds_can_be_signed() -> None:
    TEXT.require_signed(SIGNED)
    for other in (
        replace(SIGNED, text_version="0"),
        replace(SIGNED, language="da"),
        replace(SIGNED, text_sha256="b" * 64),
    ):
        with pytest.raises(DeclarationTextChanged):
            TEXT.require_signed(other)


@pytest.mark.rule("C-06")
def test_c06_in_the_app_it_carries_the_name_and_on_paper_a_witness() -> None:
    """C-06, D-h2."""
    declaration(Signing.IN_APP, "Kari", None)
    declaration(Signing.ON_PAPER, None, OTHER)


@pytest.mark.rule("C-06")
@pytest.mark.parametrize(
    ("how", "name", "witness"),
    [
        (Signing.IN_APP, None, None),
        (Signing.IN_APP, "Kari", OTHER),
        (Signing.ON_PAPER, None, None),
        (Signing.ON_PAPER, "Kari", OTHER),
        (Signing.ON_PAPER, "Kari", None),
    ],
)
def test_c06_anything_else_is_no_declaration(
    how: Signing, name: str | None, witness: MembershipId | None
) -> None:
    with pytest.raises(ValueError, match="signature"):
        declaration(how, name, witness)


@pytest.mark.hazard("D-h2")
def test_d_h2_a_witness_is_another_member_who_has_signed() -> None:
    require_witness(witness=OTHER, witness_has_signed=True, signer=ME)
    for witness, has_signed in ((ME, True), (OTHER, False)):
        with pytest.raises(WitnessNotPossible):
            require_witness(witness=witness, witness_has_signed=has_signed, signer=ME)
