"""Places in a list: sealed for one asker, one question and one day."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.shared.cursors import CursorCodec, SortValue
from app.domain.shared.actor import ANONYMOUS, Actor
from app.domain.shared.errors import CursorMismatch

NOW = datetime(2026, 3, 1, 12, 3, tzinfo=UTC)
ME = Actor(issuer="https://issuer", subject="me")
QUESTION = {"list": "groups", "open": True, "languages": ["nb"]}
PLACE = ("Åse", 7, None, True, UUID(int=5), datetime(2026, 1, 1, 1, tzinfo=UTC), date(2026, 1, 2))
codec = CursorCodec(b"0123456789abcdef")
CURSOR = codec.seal(PLACE, QUESTION, ME, NOW)


def test_a_place_comes_back_with_its_types() -> None:
    found = codec.open(CURSOR, QUESTION, ME, NOW + timedelta(hours=23))
    assert found == PLACE
    assert [type(value) for value in found] == [type(value) for value in PLACE]


def test_a_time_comes_back_in_utc() -> None:
    local = datetime(2026, 1, 1, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    (found,) = codec.open(codec.seal((local,), QUESTION, ME, NOW), QUESTION, ME, NOW)
    assert isinstance(found, datetime)
    assert (found, found.tzinfo) == (local, UTC)


def test_the_same_place_has_the_same_cursor_for_a_while() -> None:
    assert codec.seal(PLACE, QUESTION, ME, NOW + timedelta(minutes=5)) == CURSOR


def test_a_cursor_can_be_put_into_a_url_and_tells_nothing() -> None:
    assert CURSOR.replace("-", "a").replace("_", "a").isalnum()
    other = codec.seal(("Ole", *PLACE[1:]), QUESTION, ME, NOW)
    assert other[:10] != CURSOR[:10]


@pytest.mark.parametrize(
    ("question", "actor", "later"),
    [
        ({**QUESTION, "open": False}, ME, timedelta()),
        ({**QUESTION, "more": 1}, ME, timedelta()),
        ({**QUESTION, "list": "people"}, ME, timedelta()),
        (QUESTION, Actor(issuer="https://issuer", subject="you"), timedelta()),
        (QUESTION, Actor(issuer="https://other", subject="me"), timedelta()),
        (QUESTION, ANONYMOUS, timedelta()),
        (QUESTION, ME, timedelta(hours=24, minutes=10)),
    ],
)
def test_other_questions_other_people_and_other_days_do_not_fit(
    question: dict[str, str | int], actor: Actor, later: timedelta
) -> None:
    with pytest.raises(CursorMismatch):
        codec.open(CURSOR, question, actor, NOW + later)


def test_the_order_of_filters_does_not_matter() -> None:
    assert codec.open(CURSOR, dict(reversed(QUESTION.items())), ME, NOW) == PLACE


def test_every_bit_counts() -> None:
    """Also the last character's spare bits, which base64 itself would forgive."""
    for place in range(len(CURSOR)):
        for bit in range(7):
            changed = CURSOR[:place] + chr(ord(CURSOR[place]) ^ 1 << bit) + CURSOR[place + 1 :]
            with pytest.raises(CursorMismatch):
                codec.open(changed, QUESTION, ME, NOW)


@pytest.mark.parametrize(
    "cursor", ["", "=", "a", "AAAA", CURSOR + "=", CURSOR[:-1], CURSOR + "A", "æ", "A" * 5000]
)
def test_nonsense_does_not_fit(cursor: str) -> None:
    with pytest.raises(CursorMismatch):
        codec.open(cursor, QUESTION, ME, NOW)


def test_another_secret_does_not_fit_and_a_short_one_is_refused() -> None:
    with pytest.raises(CursorMismatch):
        CursorCodec(b"fedcba9876543210").open(CURSOR, QUESTION, ME, NOW)
    with pytest.raises(ValueError, match="16 bytes"):
        CursorCodec(b"short")


_values = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=40) | st.uuids() | st.dates()
)


@given(st.lists(_values | st.datetimes(timezones=st.just(UTC)), max_size=4))
def test_every_place_comes_back(place: list[SortValue]) -> None:
    assert codec.open(codec.seal(place, QUESTION, ME, NOW), QUESTION, ME, NOW) == tuple(place)


@given(st.text())
def test_no_text_breaks_it(cursor: str) -> None:
    with pytest.raises(CursorMismatch):
        codec.open(cursor, QUESTION, ME, NOW)
