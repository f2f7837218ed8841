"""The rhythm of a group against what dateutil makes of the RFC 5545 text that we write for it."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from dateutil import tz  # type: ignore[import-untyped]
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meetings.rhythm import Rhythm
from app.domain.shared.errors import Invalid

ZONES = (
    "Europe/Oslo", "Europe/Copenhagen", "Atlantic/Faroe", "America/Nuuk", "America/St_Johns", "Australia/Lord_Howe",
    "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "UTC",
)  # fmt: skip
FROM = datetime(2020, 1, 1, tzinfo=UTC)


def rhythm(
    first: str, zone: str = "Europe/Oslo", weekly: int = 4, then: int = 2, until: date | None = None
) -> Rhythm:
    """A rhythm in a few words."""
    return Rhythm(
        first_local=datetime.fromisoformat(first),
        time_zone=zone,
        weekly_meetings=weekly,
        then_every_weeks=then,
        until=until,
    )


def oracle(it: Rhythm, through: datetime) -> list[datetime]:
    """What dateutil makes of the text: the rule by the clock on the wall, and its own idea of the zone."""
    zone = tz.gettz(it.time_zone)
    found = []
    for text in it.recurrence():
        start, rule = text.split("\n")
        rest, _, until = rule.partition(";UNTIL=")
        written = start.split(":")[1]
        for local in rrulestr(rest, dtstart=datetime.strptime(written, "%Y%m%dT%H%M%S")):  # noqa: DTZ007
            instant = tz.resolve_imaginary(local.replace(tzinfo=zone)).astimezone(UTC)
            if instant > through or (until and instant > datetime.strptime(until, "%Y%m%dT%H%M%S%z")):
                break
            found.append(instant)
    return found


rhythms = st.builds(
    Rhythm,
    first_local=st.datetimes(datetime(2021, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    time_zone=st.sampled_from(ZONES),
    weekly_meetings=st.integers(0, 12),
    then_every_weeks=st.integers(1, 5),
    until=st.none(),
)


@given(rhythms, st.none() | st.integers(0, 400), st.integers(1, 500))
@pytest.mark.rule("M-01", "M-04", "G-16")
@pytest.mark.hazard("M-h2")
def test_it_is_what_its_text_says(it: Rhythm, days: int | None, reach: int) -> None:
    if days is not None:
        it = Rhythm(
            first_local=it.first_local,
            time_zone=it.time_zone,
            weekly_meetings=it.weekly_meetings,
            then_every_weeks=it.then_every_weeks,
            until=it.first_local.date() + timedelta(days=days),
        )
    through = it.first_start() + timedelta(days=reach)
    assert it.starts(FROM, through) == oracle(it, through)
    assert it.first_start() == it.starts(FROM, through)[0]


@given(rhythms)
@pytest.mark.rule("M-04")
def test_weekly_first_and_then_more_rarely(it: Rhythm) -> None:
    times = list(islice(it.wall_times(), 30))
    gaps = [(later - earlier).days // 7 for earlier, later in pairwise(times)]
    calm = max(it.weekly_meetings - 1, 0)
    assert gaps == [1] * calm + [it.then_every_weeks] * (29 - calm)
    assert len({(time.weekday(), time.time()) for time in times}) == 1
    assert max(gaps) == it.longest_gap().days // 7 or calm == 29


@given(rhythms, st.integers(0, 300), st.integers(0, 300))
def test_pieces_of_time_make_the_whole(it: Rhythm, one: int, other: int) -> None:
    start = it.first_start() - timedelta(days=3)
    middle = start + timedelta(days=one)
    end = middle + timedelta(days=other)
    assert it.starts(start, middle) + it.starts(middle, end) == it.starts(start, end)


@pytest.mark.hazard("M-h2")
def test_weekly_at_six_stays_at_six() -> None:
    """Across 2026-10-25: UTC goes from 16:00 to 17:00, first on 2026-10-29."""
    it = rhythm("2026-10-08T18:00", weekly=5)
    starts = it.starts(FROM, datetime(2026, 11, 6, tzinfo=UTC))
    assert [f"{start:%m-%d %H:%M}" for start in starts] == [
        "10-08 16:00",
        "10-15 16:00",
        "10-22 16:00",
        "10-29 17:00",
        "11-05 17:00",
    ]
    spring = rhythm("2027-03-25T18:00").starts(FROM, datetime(2027, 4, 2, tzinfo=UTC))
    assert [start.hour for start in spring] == [17, 16]


@pytest.mark.hazard("M-h2")
def test_where_summer_time_is_the_usual_time() -> None:
    """Casablanca puts its clocks back for Ramadan, and dateutil misreads the first hours of that: told by hand."""
    it = rhythm("2034-10-29T03:36", "Africa/Casablanca", weekly=9)
    starts = it.starts(FROM, datetime(2034, 12, 26, tzinfo=UTC))
    assert [f"{start:%m-%d %H:%M}" for start in starts][:2] == ["10-29 02:36", "11-05 03:36"]
    assert [f"{start:%m-%d %H:%M}" for start in starts][-2:] == ["12-17 02:36", "12-24 02:36"]


@pytest.mark.hazard("M-h2")
def test_an_hour_that_is_leapt_over_and_one_that_comes_twice() -> None:
    """As RFC 5545 has it: with the offset before the leap; the first of the two."""
    leapt = rhythm("2027-03-21T02:30").starts(FROM, datetime(2027, 4, 5, tzinfo=UTC))
    assert [f"{start:%m-%d %H:%M}" for start in leapt] == ["03-21 01:30", "03-28 01:30", "04-04 00:30"]
    twice = rhythm("2026-10-18T02:30").starts(FROM, datetime(2026, 11, 2, tzinfo=UTC))
    assert [f"{start:%m-%d %H:%M}" for start in twice] == ["10-18 00:30", "10-25 00:30", "11-01 01:30"]


@pytest.mark.rule("G-16", "G-17")
def test_the_group_may_set_an_end_and_it_is_a_day_of_its_own() -> None:
    it = rhythm("2026-10-08T18:00", until=date(2026, 10, 22))
    assert len(it.starts(FROM, datetime(2030, 1, 1, tzinfo=UTC))) == 3
    assert it.recurrence() == ["DTSTART;TZID=Europe/Oslo:20261008T180000\nRRULE:FREQ=WEEKLY;COUNT=3"]
    assert "UNTIL=20261231T225959Z" in rhythm("2026-10-08T18:00", until=date(2026, 12, 31)).recurrence()[1]
    with pytest.raises(Invalid):
        rhythm("2026-10-08T18:00", until=date(2026, 10, 7))


def test_what_can_not_be_meant() -> None:
    with pytest.raises(ValueError, match="wall time"):
        rhythm("2026-10-08T18:00+02:00")
    for weekly, then in ((-1, 2), (4, 0)):
        with pytest.raises(ValueError, match="forward"):
            rhythm("2026-10-08T18:00", weekly=weekly, then=then)
