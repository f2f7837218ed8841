"""How long a starter stays: the limit, its exact end, and the ceiling."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.ids import BallotId
from app.domain.starters.errors import ExitInThePast, ExitNeeded, PastCeiling
from app.domain.starters.exit_limit import (
    Ceiling,
    ExitLimit,
    ExitStep,
    ExitVersion,
    Party,
    day_after,
    end_under,
    last_meeting_end,
)
from tests.domain.build import DAY, MOMENT, NOW, an_id
from tests.domain.starters import ZONE, assignment, at, meetings

CEILING = Ceiling(meetings=6, until=NOW + 183 * DAY)


@pytest.mark.rule("X-01", "X-03")
def test_x01_a_limit_is_a_day_or_a_number_of_meetings_or_both_and_never_neither() -> None:
    with pytest.raises(ExitNeeded):
        ExitLimit.of(None, None, ZONE)
    for latest, most in ((date(2026, 10, 1), None), (None, 3), (date(2026, 10, 1), 3)):
        limit = ExitLimit.of(latest, most, ZONE)
        assert (limit.latest_date, limit.max_meetings) == (latest, most)
    with pytest.raises(ValueError, match="end"):
        ExitLimit(latest_date=None, until=NOW, max_meetings=3)


@pytest.mark.rule("X-03")
@pytest.mark.hazard("S-h11")
@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        (date(2026, 9, 15), "Europe/Oslo", at(2026, 9, 15, 22)),
        (date(2026, 12, 24), "Europe/Oslo", at(2026, 12, 24, 23)),
        (date(2026, 10, 24), "Europe/Oslo", at(2026, 10, 24, 22)),
        (date(2026, 10, 25), "Europe/Oslo", at(2026, 10, 25, 23)),
        (date(2027, 3, 28), "Europe/Copenhagen", at(2027, 3, 28, 22)),
        (date(2026, 9, 15), "UTC", at(2026, 9, 16)),
    ],
)
def test_s_h11_a_latest_day_ends_with_that_day_where_the_organisation_is(day, zone, expected) -> None:  # type: ignore[no-untyped-def]
    """Over the change to winter time, at Christmas, anywhere: it is a date, not an appointment."""
    assert day_after(day, zone) == expected
    it = assignment(latest_date=day, days=365)
    if zone == ZONE:
        assert not it.is_over([], expected - MOMENT)
        assert it.is_over([], expected)


@pytest.mark.rule("X-01", "X-03")
@pytest.mark.hazard("S-h1")
def test_the_first_of_both_is_the_end() -> None:
    both = assignment(latest_date=date(2026, 9, 20), max_meetings=2)
    assert both.ends_at(meetings(1, 8)) == (NOW + 8 * DAY + timedelta(hours=2))
    assert both.ends_at(meetings(1)) == at(2026, 9, 20, 22)
    assert both.ends_at(meetings(1, 30)) == at(2026, 9, 20, 22)


@pytest.mark.hazard("S-h1")
@pytest.mark.rule("X-10")
def test_the_end_is_half_open() -> None:
    it = assignment(max_meetings=1)
    (only,) = meetings(1)
    assert not it.is_over([only], only.ends_at - MOMENT)
    assert it.is_over([only], only.ends_at)


@pytest.mark.rule("X-03")
def test_t1_the_ceiling_cuts_whatever_was_agreed() -> None:
    it = assignment(latest_date=date(2026, 12, 1), ceiling=2, days=100)
    assert it.ends_at(meetings(1, 8, 15)) == meetings(8)[0].ends_at
    counted = assignment(max_meetings=2, days=5)
    assert counted.ends_at(meetings(1, 8)) == NOW + 5 * DAY


@pytest.mark.rule("X-03")
def test_t1_nobody_fixes_an_exit_past_the_ceiling_or_in_the_past() -> None:
    with pytest.raises(PastCeiling) as refused:
        assignment(max_meetings=7)
    assert refused.value.pointer == "/max_meetings"
    with pytest.raises(PastCeiling) as refused:
        assignment(latest_date=date(2027, 6, 1))
    assert refused.value.pointer == "/latest_date"
    with pytest.raises(ExitInThePast):
        assignment(latest_date=date(2026, 8, 31))
    assignment(latest_date=date(2026, 9, 1))
    assignment(max_meetings=6)


@given(mine=st.integers(1, 12), theirs=st.integers(1, 12), day=st.integers(1, 250), other=st.integers(1, 250))
def test_shorter_means_nowhere_longer(mine: int, theirs: int, day: int, other: int) -> None:
    one, two = (
        ExitLimit(latest_date=date(2026, 9, 1), until=NOW + days * DAY, max_meetings=most)
        for most, days in ((mine, day), (theirs, other))
    )
    if one.is_shorter_than(two, CEILING):
        assert not two.is_shorter_than(one, CEILING)
        assert min(mine, 6) <= min(theirs, 6)
        assert min(day, 183) <= min(other, 183)
    assert not one.is_shorter_than(one, CEILING)


@given(
    recorded=st.integers(0, 50),
    until=st.integers(0, 100),
    last=st.integers(0, 100) | st.none(),
    step=st.sampled_from(ExitStep),
)
def test_no_decision_moves_an_end_into_the_past(
    recorded: int, until: int, last: int | None, step: ExitStep
) -> None:
    end = end_under(
        step=step,
        recorded_at=NOW + recorded * DAY,
        until=NOW + until * DAY,
        last_meeting_ends_at=None if last is None else NOW + last * DAY,
    )
    assert end >= NOW + recorded * DAY
    assert end <= NOW + max(recorded, until) * DAY
    if step is ExitStep.ENDED_EARLY:
        assert end == NOW + recorded * DAY


def test_the_last_meeting_that_a_limit_allows() -> None:
    ends = [meeting.ends_at for meeting in meetings(1, 8)]
    assert [last_meeting_end(most, ends) for most in (1, 2, 3)] == [*ends, None]


@pytest.mark.hazard("S-h2")
def test_a_longer_stay_has_its_ballot_and_nothing_else_has_one() -> None:
    limit = ExitLimit.of(None, 3, ZONE)
    for step in ExitStep:
        for ballot in (None, BallotId(an_id(900))):
            if (step is ExitStep.EXTENDED) == (ballot is not None):
                ExitVersion(
                    number=1, step=step, by=Party.GROUP, limit=limit, recorded_at=NOW, ballot_id=ballot
                )
                continue
            with pytest.raises(ValueError, match="ballot"):
                ExitVersion(
                    number=1, step=step, by=Party.GROUP, limit=limit, recorded_at=NOW, ballot_id=ballot
                )
