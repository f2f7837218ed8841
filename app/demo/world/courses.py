"""Courses in every state, with what has been done of the way to a group, and who has signed up (R-02 to R-08)."""

from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from app.demo.world.ground import Place
from app.demo.world.intake import record_outcome
from app.domain.courses.course import Course, Milestone, MilestoneState
from app.domain.shared.frames import Form
from app.domain.shared.ids import CourseId

BEGIN_IN = {"running": (-25, -12), "over": (-300, -80), "ahead": (14, 60), "cancelled": (-40, 30)}
"""On which day, from now, the first evening is."""
STATES = ("running", "over", "ahead", "running", "over", "cancelled")


def make_courses(place: Place, how_many: int, states: "count[int]") -> None:
    """The courses of one organisation."""
    for _ in range(how_many):
        _course(place, STATES[next(states) % len(STATES)])


def _course(place: Place, state: str) -> None:
    low, high = BEGIN_IN[state]
    today = place.now.date()
    first = today + timedelta(days=place.chance.randint(low, high))
    last = first + timedelta(days=35)
    created = min(
        datetime.combine(first, time(9), UTC) - place.between(30, 60), place.now - place.between(1, 5)
    )
    is_decided = state in ("running", "over")
    starts = datetime.combine(last + timedelta(days=10), time(18), ZoneInfo(place.time_zone)).astimezone(UTC)
    opened = (
        min(datetime.combine(first, time(19), UTC), place.now - timedelta(hours=3)) if is_decided else None
    )
    id_ = CourseId(place.id(created))
    theme = place.pick("themes") if place.likely(0.7) else None
    title = place.pick("courses").replace("{theme}", theme or place.town)
    facts = {
        "id": id_, "title": title, "first_day": first, "last_day": last, "theme": theme, "form": Form.IN_PERSON,
        "area": place.pick("areas"), "language": place.lists["language"], "seats": place.chance.randint(6, 8),
        "group_starts_at": starts if is_decided else None, "group_place": place.pick("places") if is_decided else None,
        "practical": place.lists["practical"] if is_decided else None,
        "sign_up_code": place.code(), "sign_up_opened_at": opened,
        "cancelled_at": place.now - timedelta(hours=2) if state == "cancelled" else None,
        "created_at": created, "version": 1,
    }  # fmt: skip
    course = Course(organisation_id=place.organisation, **facts)
    place.add("course", **facts)
    for milestone in Milestone:
        is_due = course.state(milestone, today) is MilestoneState.DUE
        if is_due and state != "cancelled" and (state == "over" or place.likely(0.8)):
            place.add(
                "course_milestone", course_id=id_, milestone=milestone, done_on=course.due_on(milestone)
            )
    if opened is not None:
        for _ in range(place.chance.randint(2, 5)):
            _sign_up(place, id_, opened, min(place.now, starts))


def _sign_up(place: Place, course: CourseId, after: datetime, before: datetime) -> None:
    at = place.within(after, before)
    who = place.person(at - timedelta(hours=1))
    if place.likely(0.6):
        record_outcome(place, who, at)
    place.add("course_sign_up", id=place.id(at), course_id=course, person_id=who.id, signed_up_at=at)
