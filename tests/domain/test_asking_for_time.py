"""A receiver that asks for time gets it, within the day that its attempts would have taken anyway."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from app.domain.events.delivery import RESTS, Answer, DeliveryState, Fault, Schedule
from tests.domain.test_webhooks import NOW, delivery, webhook

HOUR = timedelta(hours=1)
DAY = sum(RESTS, timedelta())
LONGEST = max(RESTS)


def busy(wait: timedelta | None) -> Answer:
    return Answer.of_status(503, wait)


@pytest.mark.parametrize(
    ("status", "heard"),
    [(429, True), (503, True), (500, False), (502, False), (410, False), (301, False), (204, False)],
)
def test_time_is_asked_for_with_429_and_503(status: int, heard: bool) -> None:
    assert (Answer.of_status(status, HOUR).wait == HOUR) is heard


@pytest.mark.parametrize(
    ("attempts", "asked", "rest"),
    [
        (1, HOUR, HOUR),
        (1, timedelta(seconds=1), RESTS[0]),
        (4, timedelta(minutes=1), RESTS[3]),
        (1, timedelta(days=300), LONGEST),
        (8, timedelta(days=300), RESTS[7]),
    ],
)
def test_it_waits_as_long_as_was_asked_for_but_not_sooner_and_not_beyond_its_day(
    attempts: int, asked: timedelta, rest: timedelta
) -> None:
    one = delivery(attempts=attempts)
    one.note(busy(asked), webhook(), NOW, Schedule(), 0.5)
    assert one.next_at == NOW + rest
    assert one.put_off_seconds == (rest - RESTS[attempts - 1]).total_seconds()


@pytest.mark.parametrize("chance", [0, 0.25, 0.5, 1])
def test_who_asks_for_all_of_the_day_is_tried_at_its_end_for_the_last_time(chance: float) -> None:
    one, hook, now, at = delivery(), webhook(), NOW, []
    while one.state is DeliveryState.WAITING:
        at.append(now - NOW)
        one.note(busy(timedelta(days=2)), hook, now, Schedule(), chance)
        now = one.next_at or now
        one.attempts += 1
    assert at == [timedelta(), LONGEST, 2 * LONGEST, DAY]
    assert (one.state, one.fault) == (DeliveryState.GIVEN_UP, Fault.STATUS)


def test_what_was_put_off_is_kept_however_long_our_worker_was_away() -> None:
    """Else a day for which nothing was sent would cost the event its attempts."""
    one, hook = delivery(), webhook()
    one.note(busy(HOUR), hook, NOW, Schedule(), 0.5)
    one.attempts += 1
    one.note(Answer(500, Fault.STATUS), hook, NOW + timedelta(days=20), Schedule(), 0.5)
    assert one.next_at == NOW + timedelta(days=20) + RESTS[1]


def test_whatever_is_asked_for_it_is_never_longer_than_by_itself_nor_tried_more_often() -> None:
    chance = Random(5)
    for _ in range(400):
        one, hook, now, at = delivery(), webhook(), NOW, [NOW]
        while True:
            wait = timedelta(seconds=chance.choice((0, 1, 60, 3600, 40_000, 10**8)))
            one.note(busy(wait or None), hook, now, Schedule(), 0.5)
            if one.next_at is None:
                break
            assert one.next_at >= now + min(wait, timedelta(seconds=1))
            now = one.next_at
            at.append(now)
            one.attempts += 1
        assert len(at) <= len(RESTS) + 1
        assert at[-1] - NOW <= DAY + timedelta(seconds=1)
        assert all(later - earlier <= LONGEST for earlier, later in pairwise(at))


def test_who_begins_anew_has_its_day_before_it() -> None:
    one = delivery(
        state=DeliveryState.GIVEN_UP, attempts=4, next_at=None, ended_at=NOW, put_off_seconds=80_000
    )
    one.again(NOW)
    assert (one.put_off_seconds, one.attempts) == (0, 0)
