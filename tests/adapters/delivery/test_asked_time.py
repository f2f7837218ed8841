"""`Retry-After` as receivers write it, and as they shouldn't."""

from datetime import UTC, datetime, timedelta

import pytest

from app.adapters.delivery.asked_time import LONGEST, asked_time
from app.domain.events.delivery import Answer, Fault
from tests.adapters.delivery.test_sender import outgoing, sending
from tests.support.receiver import receiving, says

NOW = datetime(1994, 11, 6, 8, 49, 0, tzinfo=UTC)
IN_37 = timedelta(seconds=37)


def asked(*values: bytes, now: datetime = NOW) -> timedelta | None:
    return asked_time([(b"Content-Length", b"0"), *((b"Retry-After", each) for each in values)], now)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        (b"37", IN_37),
        (b" 37\t", IN_37),
        (b"0037", IN_37),
        (b"Sun, 06 Nov 1994 08:49:37 GMT", IN_37),
        (b"Sunday, 06-Nov-94 08:49:37 GMT", IN_37),
        (b"Sun Nov  6 08:49:37 1994", IN_37),
        (b"9" * 90, LONGEST),
        (b"Fri, 31 Dec 9999 23:59:59 GMT", LONGEST),
    ],
)
def test_seconds_and_the_three_dates_of_http(value: bytes, wait: timedelta) -> None:
    assert asked(value) == wait


@pytest.mark.parametrize(
    "value",
    [
        b"", b"0", b"-5", b"+5", b"5.5", b"1e3", b"5 seconds", b"5, 6", b"soon", b"NaN", b"inf", "\u0665".encode(), b"\xb2",
        b"9" * 101, b"Sun, 06 Nov 1994 08:48:59 GMT", b"Sun, 06 Nov 1994 08:49:37", b"Sun, 06 Nov 1994 08:49:37 +0100",
        b"Sun, 31 Feb 2094 08:49:37 GMT", b"Sun, 06 Nov 2094 24:49:37 GMT", b"Sun, 06 Nov 2094 08:49:60 GMT",
        b"sun, 06 nov 2094 08:49:37 gmt", b"2094-11-06T08:49:37Z", b"Sun, 06 Nov 0000 08:49:37 GMT",
        b"Sunday, 06-Nov-93 08:49:37 GMT",
        b"Sun, 6 Nov 2094 08:49:37 GMT", b"Sun, 06 Nov 2094 08:49:37 GMT and more",
    ],
)  # fmt: skip
def test_what_has_passed_or_makes_no_sense_counts_for_nothing(value: bytes) -> None:
    assert asked(value) is None


def test_said_twice_or_not_at_all() -> None:
    assert asked() is None
    assert asked(b"5", b"5") is None


def test_two_digits_of_a_year_are_no_century_ahead() -> None:
    assert asked(b"Sunday, 06-Nov-44 08:49:37 GMT") == LONGEST
    assert asked(b"Sunday, 06-Nov-45 08:49:37 GMT") is None, "51 years ahead: it is the one that has passed"


@pytest.mark.parametrize(("status", "heard"), [(429, True), (503, True), (500, False)])
async def test_a_receiver_is_heard(status: int, heard: bool) -> None:
    async with receiving(says(status, Retry_After="120")) as receiver, sending(loopback=True) as send:
        answer = await send(outgoing(receiver.url))
    assert answer == Answer(status, Fault.STATUS, timedelta(seconds=120) if heard else None)


async def test_a_date_is_held_against_the_clock_that_was_passed_in() -> None:
    busy = says(503, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT")
    async with receiving(busy) as receiver, sending(loopback=True) as send:
        then = type(send)(send.pool, lambda: NOW)
        assert (await then(outgoing(receiver.url))).wait == IN_37
        assert (await send(outgoing(receiver.url))).wait is None
