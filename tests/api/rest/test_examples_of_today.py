"""Whoever tries an example out as it stands must not be told that its day is wrong: what has to lie behind us does, by the
day on which the examples were told, and what has to lie ahead lies a good while ahead of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from app.api.rest import course_imports
from app.api.rest.examples import BODIES
from app.api.rest.examples.shared import TOLD_ON
from app.domain.groups.leave import LONGEST as LONGEST_LEAVE
from app.domain.systems.account import LONGEST as LONGEST_ACCOUNT

SEASON = timedelta(days=120)
"""For so long after they were told, examples of what lies ahead still do."""
BEHIND = {
    "CourseMilestone.done_on",
    "NoteMilestoneIn.done_on",
    "NoteMergersIn.mergers.on",
    "RecordTrainingIn.happened_at",
}
AHEAD = {
    "AdoptPolicyIn.effective_from",
    "AppointInterviewerIn.starts_at",
    "MeetingIn.starts_at",
    "SeriesIn.first_local",
    "SetFollowUpIn.day",
}
NOT_TOO_FAR_AHEAD = {
    "TakeLeaveIn.ends_at": LONGEST_LEAVE,
    "ChangeSystemIn.expires_at": LONGEST_ACCOUNT,
    "RegisterSystemIn.expires_at": LONGEST_ACCOUNT,
}
ANY_DAY = {
    "AnnouncedCourseIn.first_day",
    "AnnouncedCourseIn.last_day",
    "AnnouncedCourseIn.group_starts_at",
    "CourseIn.first_day",
    "CourseIn.last_day",
    "CourseIn.group_starts_at",
    "RegisterSystemIn.holds_from",
}


def _days(at: str, value: Any) -> Iterator[tuple[str, date]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _days(f"{at}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _days(at, inner)
    elif isinstance(value, str):
        try:
            yield at, date.fromisoformat(value[:10])
        except ValueError:
            return


def _all() -> list[tuple[str, date]]:
    lines = {
        "CourseMilestone": orjson.loads(course_imports._MILESTONE_LINE),
        "AnnouncedCourseIn": orjson.loads(course_imports._COURSE_LINE),
    }
    return [found for each in (BODIES, lines) for name, body in each.items() for found in _days(name, body)]


@pytest.mark.parametrize(("place", "day"), _all())
def test_an_example_can_be_sent_as_it_stands(place: str, day: date) -> None:
    if place in BEHIND:
        assert day < TOLD_ON
    elif place in AHEAD:
        assert day > TOLD_ON + SEASON
    elif place in NOT_TOO_FAR_AHEAD:
        assert TOLD_ON + SEASON < day < TOLD_ON + NOT_TOO_FAR_AHEAD[place]
    else:
        assert place in ANY_DAY, f"say in this test where {place} has to lie"


def test_every_place_that_is_named_here_is_there() -> None:
    assert {place for place, _ in _all()} == BEHIND | AHEAD | set(NOT_TOO_FAR_AHEAD) | ANY_DAY
