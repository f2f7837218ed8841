"""A course: its milestones by its own dates, and no sign-up without a date and a place."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.courses.course import Course, Milestone, MilestoneState
from app.domain.courses.errors import (
    CourseOver,
    LastDayBeforeFirst,
    MilestoneInTheFuture,
    SignUpNotOpen,
    StartUndecided,
)
from app.domain.shared.ids import CourseId, organisation_id

NOW = datetime(2027, 1, 20, 12, tzinfo=UTC)
FIRST, LAST = date(2027, 1, 12), date(2027, 2, 23)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def course(**changes: Any) -> Course:
    return Course(
        **{
            "id": CourseId(UUID(int=1)),
            "organisation_id": organisation_id(7),
            "title": "Living with pain",
            "first_day": FIRST,
            "last_day": LAST,
            "theme": None,
            "form": "in_person",
            "area": "Fjordby",
            "language": "nb",
            "seats": 8,
            "group_starts_at": NOW + timedelta(days=40),
            "group_place": "Library",
            "practical": None,
            "sign_up_code": "code",
            "sign_up_opened_at": None,
            "cancelled_at": None,
            "created_at": NOW,
            "version": 1,
            **changes,
        }
    )


@pytest.mark.rule("R-03", "R-05", "R-06", "R-07", "R-08")
@given(first=DAYS, length=st.integers(0, 400))
def test_milestones_fall_due_in_order_from_the_first_day_to_the_last(first: date, length: int) -> None:
    made = course(first_day=first, last_day=first + timedelta(days=length), group_starts_at=None)
    due = [made.due_on(each) for each in Milestone]
    assert due == sorted(due)
    assert (due[0], due[-1]) == (made.first_day, made.last_day)


@pytest.mark.rule("R-05", "R-06", "R-07")
def test_questions_half_way_again_in_the_last_third_and_needs_before_the_end() -> None:
    first = date(2026, 9, 1)
    made = course(first_day=first, last_day=first + timedelta(days=60), group_starts_at=None)
    assert [(made.due_on(each) - first).days for each in Milestone] == [0, 30, 40, 50, 60]


@given(today=DAYS, done=st.none() | DAYS)
def test_a_milestone_is_ahead_then_due_until_it_is_done(today: date, done: date | None) -> None:
    made = course()
    if done is not None and done > today:
        with pytest.raises(MilestoneInTheFuture):
            made.note(Milestone.RAISED_AGAIN, done, today)
        done = None
    made.note(Milestone.RAISED_AGAIN, done, today)
    expected = MilestoneState.DUE if today >= made.due_on(Milestone.RAISED_AGAIN) else MilestoneState.AHEAD
    assert made.state(Milestone.RAISED_AGAIN, today) is (MilestoneState.DONE if done else expected)


@pytest.mark.rule("R-02")
@pytest.mark.parametrize("missing", ["group_starts_at", "group_place"])
def test_nobody_signs_up_without_a_date_and_a_place(missing: str) -> None:
    with pytest.raises(StartUndecided):
        course(**{missing: None}).open_sign_up(NOW)
    with pytest.raises(StartUndecided):
        course(**{missing: None, "sign_up_opened_at": NOW})


def test_sign_up_is_open_from_its_opening_until_the_groups_start() -> None:
    made = course()
    with pytest.raises(SignUpNotOpen):
        made.require_open(NOW)
    made.open_sign_up(NOW)
    assert made.group_starts_at is not None
    made.require_open(made.group_starts_at - timedelta(microseconds=1))
    with pytest.raises(SignUpNotOpen):
        made.require_open(made.group_starts_at)


def test_a_cancelled_course_is_over_and_stays_so() -> None:
    made = course()
    made.open_sign_up(NOW)
    made.cancel(NOW)
    made.cancel(NOW + timedelta(days=1))
    assert made.cancelled_at == NOW
    assert not made.is_open(NOW)
    with pytest.raises(CourseOver):
        made.open_sign_up(NOW)


def test_days_are_in_order() -> None:
    for wrong in ({"last_day": FIRST - timedelta(days=1)}, {"group_starts_at": NOW - timedelta(days=30)}):
        with pytest.raises(LastDayBeforeFirst):
            course(**wrong)
