"""Ways of reaching somebody, and what is refused in their place."""

import pytest

from app.domain.people.contact import ContactKind, NoSuchContact, as_written_down
from app.domain.people.national_id import (
    NationalIdGiven,
    NationalIdInWords,
    refuse_national_id,
    refuse_national_id_in_address,
    refuse_national_id_in_name,
    refuse_national_id_in_words,
)

EMAIL, TELEPHONE = ContactKind.EMAIL, ContactKind.TELEPHONE
NUMBERS = [
    "01017012343",  # fødselsnummer
    "010170 12343",
    "01017012351",  # with the first check digit as from 2032
    "01017012378",
    "41017012337",  # D-number
    "01417012326",  # H-number, or synthetic
    "01667012372",  # synthetic
    "01817012309",  # synthetic
    "0101701234",  # CPR
    "010170-1234",
    "6101701234",  # CPR in place of one
    "fnr: 01017012343.",
    "+01017012343",  # no country begins with 0
]


@pytest.mark.hazard("P-h7")
@pytest.mark.parametrize("number", NUMBERS)
def test_national_identity_numbers_are_refused_and_not_said_back(number: str) -> None:
    for kind, value in ((TELEPHONE, number), (EMAIL, f"{number.replace(' ', '')}@example.org")):
        with pytest.raises(NationalIdGiven) as refused:
            as_written_down(kind, value)
        told = f"{refused.value!r} {refused.value.facts} {refused.value.args} {refused.value.pointer}"
        assert not any(part in told for part in (number, number.replace(" ", ""), "0170"))


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (TELEPHONE, "912 34 567", "91234567"),
        (TELEPHONE, "+47 912 34 567", "+4791234567"),
        (TELEPHONE, "0045 21 23 45 67", "+4521234567"),
        (TELEPHONE, "+1 (205) 701-2345", "+12057012345"),
        (EMAIL, " hanne.haug+gruppe@example.org ", "hanne.haug+gruppe@example.org"),
        (EMAIL, "åse@blåbær.no", "åse@blåbær.no"),
        (EMAIL, "a4791234567@example.org", "a4791234567@example.org"),
    ],
)
def test_what_reaches_somebody_has_one_spelling(kind: ContactKind, value: str, written: str) -> None:
    assert as_written_down(kind, value) == written


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (EMAIL, "nobody"), (EMAIL, "a@b"), (EMAIL, "a b@example.org"), (EMAIL, "@example.org"), (EMAIL, "a@@example.org"),
        (EMAIL, "a@-example.org"), (EMAIL, f"{'a' * 65}@example.org"), (EMAIL, "a@example.org, b@example.org"),
        (TELEPHONE, "1"), (TELEPHONE, "+"), (TELEPHONE, "12345678"), (TELEPHONE, "Parkveien 7"), (TELEPHONE, "a@x.org"),
    ],
)  # fmt: skip
def test_what_reaches_nobody_is_refused(kind: ContactKind, value: str) -> None:
    with pytest.raises(NoSuchContact):
        as_written_down(kind, value)


@pytest.mark.hazard("P-h7")
@pytest.mark.parametrize(
    "words",
    [
        "15076500565",
        "150765-00565",
        "15_07_65_00565",
        "15 / 07 / 65 - 00565",
        "1 5 0 7 6 5 0 0 5 6 5",
        "150765\u201100565",
        "15\u200b0765\u00ad00565",
        "\u0661\u0665\u0660\u0667\u0666\u0665\u0660\u0660\u0665\u0666\u0665",
        "\uff11\uff15\uff10\uff17\uff16\uff15\uff10\uff10\uff15\uff16\uff15",
        "K-2027-15076500565",
        "x15076500565y",
        "010170\u20131234",
    ],
)
def test_no_script_separator_or_invisible_sign_hides_a_number(words: str) -> None:
    with pytest.raises(NationalIdInWords) as refused:
        refuse_national_id_in_words(f"Kari {words} Ola", "/title")
    assert (refused.value.pointer, refused.value.facts, refused.value.args) == (
        "/title",
        {},
        ("people.national_id_in_words",),
    )


def test_an_id_of_ten_digits_may_be_a_machines_own() -> None:
    for name in ("0101701234", "K-0101701234", "course:1201271234"):
        refuse_national_id_in_name(name, "/own_id")
    for name in ("15076500565", "150765-00565", "K.010170-1234"):
        with pytest.raises(NationalIdInWords):
            refuse_national_id_in_name(name, "/own_id")
    for url in ("https://example.org/15076500565", "https://example.org/?of=1507%36500565"):
        with pytest.raises(NationalIdInWords):
            refuse_national_id_in_address(url, "/url")


def test_other_numbers_may_stand_anywhere() -> None:
    for words in (
        "Oppstart 12.01.27 1800",
        "Mandager 12.01.27-18.00",
        "120127-1800-2000",
        "Zoom-ID: 010 265 4321",
        "Konto 1503 40 12345",
        "Rom 120127 1234",
        "01017012344",  # a check digit is wrong
        "30027012345",
        "12 34",
        "3 of 4, 2026",
        "99999999999",
        "+47 91 23 45 67",
        "2026-11-29 18:00",
        "1234567890123",
    ):
        refuse_national_id(words, "/words")


def test_the_number_of_a_host_and_its_port_are_no_persons() -> None:
    for port in range(1024, 65536, 7):
        refuse_national_id_in_address(f"http://127.0.0.1:{port}/verksted", "/url")


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example/x?p=15076500565",
        "https://hooks.example:8443/15076500565",
        "https://hooks.example/%31%35076500565",
        "https://15076500565.example/",
        "https://hooks.example?150765-00565",
        "http://127.0.0.1:9000/x?p=15076500565",
    ],
)
def test_what_an_address_says_of_a_person_is_refused(url: str) -> None:
    with pytest.raises(NationalIdInWords):
        refuse_national_id_in_address(url, "/url")
