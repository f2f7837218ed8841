"""The meeting: planned until its start, held by its passing, corrected for a week, and never reopened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meetings.advice import MeetingAdvice, advice_on, gap_before
from app.domain.meetings.errors import (
    MeetingCancelled,
    MeetingHasStarted,
    MeetingInThePast,
    NotCorrectable,
)
from app.domain.meetings.meeting import (
    CORRECTION_TIME,
    Meeting,
    MeetingKind,
    MeetingStatus,
    StarterAt,
    kind_of,
)
from app.domain.meetings.place import PlaceType, may_know_place
from tests.domain.build import DAY, MOMENT, NOW, meeting

START = meeting().starts_at


def test_it_is_held_once_its_start_has_passed() -> None:
    it = meeting()
    assert it.status(START - MOMENT) is MeetingStatus.PLANNED
    assert it.status(START) is MeetingStatus.HELD
    assert not it.has_started(START - MOMENT)
    assert it.has_started(START)
    assert (it.ends_at - it.starts_at).total_seconds() == 120 * 60


def test_it_moves_as_long_as_it_has_not_begun() -> None:
    it = meeting()
    it.move(START + DAY, 90, "Church", NOW)
    assert (it.starts_at, it.minutes, it.place) == (START + DAY, 90, "Church")
    with pytest.raises(MeetingInThePast):
        it.move(NOW, 90, "Church", NOW)


@pytest.mark.rule("A-01")
@pytest.mark.parametrize("later", [START, START + 100 * DAY])
def test_a01_what_has_begun_is_neither_moved_nor_cancelled(later: object) -> None:
    it = meeting()
    with pytest.raises(MeetingHasStarted):
        it.move(START + 200 * DAY, 120, "Church", later)  # type: ignore[arg-type]
    with pytest.raises(MeetingHasStarted):
        it.cancel(later)  # type: ignore[arg-type]
    assert it == meeting()


def test_cancelling_twice_is_cancelling_once() -> None:
    it = meeting()
    it.cancel(NOW)
    it.cancel(START + DAY)
    assert it.cancelled_at == NOW
    assert it.status(START + DAY) is MeetingStatus.CANCELLED
    assert not it.has_started(START + DAY)
    with pytest.raises(MeetingCancelled):
        it.move(START + DAY, 120, "Church", NOW)
    with pytest.raises(NotCorrectable):
        it.correct(held=True, now=START)


def test_it_is_corrected_from_its_start_and_for_seven_days() -> None:
    end = START + CORRECTION_TIME
    it = meeting()
    it.correct(held=False, now=START)
    assert it.status(START) is MeetingStatus.NOT_HELD
    it.correct(held=False, now=START + DAY)
    assert it.not_held_at == START
    it.correct(held=True, now=end - MOMENT)
    assert it.status(end) is MeetingStatus.HELD
    for now in (START - MOMENT, end):
        with pytest.raises(NotCorrectable):
            meeting().correct(held=False, now=now)


@pytest.mark.rule("A-01")
@given(st.booleans(), st.integers(0, 6))
def test_a01_no_correction_takes_back_that_it_has_begun(held: bool, days: int) -> None:
    it: Meeting = meeting()
    it.correct(held=held, now=START + days * DAY)
    assert it.has_started(START + days * DAY)


@pytest.mark.rule("A-05")
@pytest.mark.parametrize(
    ("position", "generation", "first", "kind"),
    [
        (0, 1, True, MeetingKind.FIRST_WITHOUT_STARTER),
        (1, 1, False, MeetingKind.SECOND),
        (2, 1, False, MeetingKind.ORDINARY),
        (1, 2, True, MeetingKind.NEW_GENERATION),
        (5, 3, True, MeetingKind.NEW_GENERATION),
        (6, 3, False, MeetingKind.ORDINARY),
    ],
)
def test_a05_the_next_meeting_after_an_entry_is_for_the_new_generation(
    position: int, generation: int, first: bool, kind: MeetingKind
) -> None:
    assert kind_of(position, generation, first) is kind


@pytest.mark.parametrize(
    ("position", "generation", "first", "starter", "kind"),
    [
        (0, 1, True, StarterAt.PRESENT, MeetingKind.FIRST_WITH_STARTER),
        (0, 1, True, StarterAt.LAST, MeetingKind.FIRST_WITH_STARTER),
        (1, 1, False, StarterAt.PRESENT, MeetingKind.SECOND),
        (1, 1, False, StarterAt.LAST, MeetingKind.LAST_WITH_STARTER),
        (4, 1, False, StarterAt.PRESENT, MeetingKind.ORDINARY),
        (4, 1, False, StarterAt.LAST, MeetingKind.LAST_WITH_STARTER),
        (4, 2, True, StarterAt.LAST, MeetingKind.NEW_GENERATION),
    ],
)
@pytest.mark.rule("M-07", "M-10", "M-11")
def test_a_starter_makes_a_difference_at_the_first_and_at_the_last(
    position: int, generation: int, first: bool, starter: StarterAt, kind: MeetingKind
) -> None:
    assert kind_of(position, generation, first, starter) is kind
    assert kind.is_first is (position == 0)


@pytest.mark.hazard("M-h6", "D-h1")
@pytest.mark.parametrize("place_type", PlaceType)
@pytest.mark.rule("M-18")
def test_behind_a_door_is_for_signers_alone(place_type: PlaceType) -> None:
    """Who has accepted a founding place knows where the first meeting is, unless it is a home, a link or a number."""
    private = place_type in (PlaceType.PRIVATE_HOME, PlaceType.ONLINE, PlaceType.PHONE)
    assert place_type.is_public is not private
    for is_first in (True, False):
        assert may_know_place(place_type, signed=True, arranges=False, is_first=is_first)
        assert may_know_place(place_type, signed=False, arranges=True, is_first=is_first) is is_first
        unsigned = may_know_place(place_type, signed=False, arranges=False, is_first=is_first)
        assert unsigned is (is_first and not private)


@pytest.mark.rule("M-02", "M-03", "M-05", "M-17", "M-19", "M-18")
@pytest.mark.hazard("M-h8")
def test_advice_is_given_where_it_is_due_and_nowhere_else() -> None:
    def on(**facts: object) -> list[MeetingAdvice]:
        usual = {"minutes": 120, "place_type": PlaceType.LIBRARY, "gap": 21 * DAY}
        return advice_on(**(usual | {"is_holiday": False, "room_taken": False} | facts))  # type: ignore[arg-type]

    assert on() == on(gap=None) == []
    assert on(minutes=121) == [MeetingAdvice.LONG_MEETING]
    assert on(gap=21 * DAY + MOMENT) == [MeetingAdvice.LONG_GAP]
    assert on(is_holiday=True) == [MeetingAdvice.PUBLIC_HOLIDAY]
    assert on(room_taken=True) == [MeetingAdvice.ROOM_TAKEN]
    assert on(place_type=PlaceType.PRIVATE_HOME) == [MeetingAdvice.PRIVATE_HOME]
    assert on(place_type=PlaceType.ONLINE) == []
    assert all(advice.rules for advice in MeetingAdvice)
    assert gap_before(START, None) is None
    assert gap_before(START, START - DAY) == DAY
