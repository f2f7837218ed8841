"""An alias keeps to one script; what it is compared as."""

import pytest

from app.domain.groups.alias import LOOKS_FROM, LOOKS_TO, keeps_to_one_script


@pytest.mark.parametrize(
    "alias",
    [
        "Bever",
        "Sørine Ål",
        "Nguyễn",
        "Bever 2 \U0001f9ab\ufe0f",
        "O\u02bcHara-Æ.",
        "\u0412\u0435\u0440\u0430",
        "\u0395\u03bb\u03ad\u03bd\u03b7 7",
        "\u0641\u0627\u0637\u0645\u0629",
        "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
        "\u3055\u304f\u3089\u685c",
        "\u4f50\u3005\u6728",  # the mark in its midst repeats what stands before it
        "12",
    ],
)
def test_names_of_one_script_are_taken(alias: str) -> None:
    assert keeps_to_one_script(alias)


@pytest.mark.parametrize(
    "alias",
    [
        "B\u0435ver",  # a Cyrillic letter among Latin ones
        "Anna \u03b1",  # a Greek one
        "B\u0585b",  # an Armenian one
        "\u13f4\u13ac\u13d9\u13ac\u13a1",  # Cherokee capitals that show BEVER
        "\u0299\u1d07\u1d20\u1d07\u0280",  # small capitals
        "Bever\u0665",  # an Arabic five among Latin letters
        "Bever\u3164",  # a letter of Korean that shows nothing
    ],
)
def test_what_is_put_together_of_several_is_refused(alias: str) -> None:
    assert not keeps_to_one_script(alias)


def test_the_fold_is_sign_by_sign_and_changes_no_letter_that_is_plain() -> None:
    assert len(set(LOOKS_FROM)) == len(LOOKS_FROM) > len(LOOKS_TO)
    assert not set(LOOKS_TO) & set(LOOKS_FROM), "folding twice is the same as once"
    assert {sign for sign in LOOKS_FROM if sign.isascii()} == set("I1|0")
    assert "'" not in LOOKS_FROM + LOOKS_TO, "both stand in a statement"
