"""The vault: sealed for one place, under a key that can be replaced."""

import pytest

from app.adapters.vault import AesVault
from app.domain.shared.ids import organisation_id
from tests.domain.build import an_id

HERE, THERE = organisation_id(1), organisation_id(2)
ROW, OTHER = an_id(1), an_id(2)
OLD, NEW = b"o" * 32, b"n" * 32
WORDS = "Ærlig talt: helst ikke naboen. 🌿"


def test_what_is_sealed_can_be_opened_where_it_belongs_and_nowhere_else() -> None:
    vault = AesVault([NEW])
    sealed = vault.seal(HERE, ROW, "a", WORDS)
    assert vault.open(HERE, ROW, "a", sealed) == WORDS
    assert vault.open(THERE, ROW, "a", sealed) is None
    assert vault.open(HERE, OTHER, "a", sealed) is None
    assert vault.open(HERE, ROW, "b", sealed) is None


def test_nothing_of_the_words_can_be_seen_and_twice_the_same_never_looks_the_same() -> None:
    vault = AesVault([NEW])
    once, again = (vault.seal(HERE, ROW, "a", WORDS) for _ in range(2))
    assert once != again
    assert b"naboen" not in once


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-1], lambda s: s[:-1] + bytes([s[-1] ^ 1]), lambda s: b"", lambda s: s[:9]]
)
def test_rubbish_opens_nowhere(spoil: object) -> None:
    vault = AesVault([NEW])
    sealed = vault.seal(HERE, ROW, "a", "words")
    assert vault.open(HERE, ROW, "a", spoil(sealed)) is None  # type: ignore[operator]


def test_a_replaced_key_still_opens_and_no_longer_seals() -> None:
    before, after = AesVault([OLD]), AesVault([NEW, OLD])
    assert after.open(HERE, ROW, "a", before.seal(HERE, ROW, "a", WORDS)) == WORDS
    assert before.open(HERE, ROW, "a", after.seal(HERE, ROW, "a", WORDS)) is None


def test_a_vault_without_a_key_is_none() -> None:
    with pytest.raises(ValueError, match="key"):
        AesVault([])
