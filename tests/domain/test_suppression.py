"""What of a quarter's counts can be told."""

from datetime import UTC, datetime

import pytest

from app.domain.statistics.period import Quarter, newest_closed
from app.domain.statistics.suppression import NOTHING, Count, is_hidden, publish, rounded, to_leave_out

BIG = Count(4, 24, 24)


def total(areas: dict[str, Count]) -> Count:
    return sum(areas.values(), NOTHING)


@pytest.mark.rule("O-06")
@pytest.mark.hazard("P-h2")
def test_a_figure_stands_for_five_persons_and_three_groups_at_least() -> None:
    assert [Count(3, 5, 5).stands, Count(2, 15, 15).stands, Count(3, 4, 4).stands] == [True, False, False]
    assert not Count(3, 6, 4).stands  # six places of four persons
    assert not NOTHING.stands
    few = publish({"A": Count(2, 12, 12)}, Count(2, 12, 12), Count(1, 9, 9))
    assert (few.total.groups, few.total.members, few.entries, dict(few.areas)) == (None, None, None, {})


@pytest.mark.hazard("P-h2")
def test_no_total_betrays_a_part() -> None:
    areas = {"A": BIG, "B": Count(3, 16, 16), "C": Count(1, 5, 5)}
    assert to_leave_out(areas) == {"B", "C"}  # C alone could be had from the total and the others
    told = publish(areas, total(areas), BIG)
    assert (set(told.areas), told.some_left_out, told.total.groups) == ({"A"}, True, 8)
    tiny = {"A": BIG, "B": BIG, "C": Count(1, 1, 1), "D": Count(1, 3, 3)}
    assert to_leave_out(tiny) == {"A", "C", "D"}  # two that are small together are still too few
    assert to_leave_out({"A": BIG, "B": BIG}) == set()
    assert to_leave_out({"A": BIG}) == set()
    assert to_leave_out({"A": BIG, "B": Count(1, 1, 1)}) == {"A", "B"}
    assert is_hidden(areas, {"B", "C"})


def test_persons_are_rounded_so_that_one_more_or_less_is_not_told() -> None:
    assert [rounded(number) for number in (5, 7, 8, 12, 13, 50)] == [5, 5, 10, 10, 15, 50]
    assert all(abs(rounded(number) - number) <= 2 for number in range(5, 500))


def test_quarters_are_fixed_and_closed_two_weeks_after_their_end() -> None:
    quarter = Quarter.parse("2026-Q3")
    assert str(quarter) == "2026-Q3"
    assert quarter.begins("Europe/Oslo") == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert quarter.ends("Europe/Oslo") == datetime(2026, 9, 30, 22, tzinfo=UTC)
    early, late = datetime(2026, 10, 14, 21, 59, tzinfo=UTC), datetime(2026, 10, 14, 22, tzinfo=UTC)
    assert [quarter.is_closed(now, "Europe/Oslo") for now in (early, late)] == [False, True]
    assert [str(newest_closed(now, "Europe/Oslo")) for now in (early, late)] == ["2026-Q2", "2026-Q3"]
    assert Quarter.parse("2026-Q4").ends("UTC") == datetime(2027, 1, 1, tzinfo=UTC)
    for rubbish in ("2026", "2026-Q5", "2026-Q3 ", "2026-H1", "2026-07-01/2026-09-30"):
        with pytest.raises(ValueError, match="quarter"):
            Quarter.parse(rubbish)
