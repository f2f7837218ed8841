"""Courses, for histories in tests."""

from datetime import datetime, timedelta
from typing import Any

from app.domain.groups.group import Form
from app.services.courses.views import CourseView, MySignUp
from tests.support.world import World


def described(world: World) -> dict[str, Any]:
    """A course as a client would send it: it began a week ago and goes on for three."""
    today = world.now.date()
    return {
        "title": "Living with pain",
        "first_day": (today - timedelta(days=7)).isoformat(),
        "last_day": (today + timedelta(days=21)).isoformat(),
        "form": "in_person",
        "area": "Fjordby",
        "language": "nb",
        "theme": "Pain",
        "seats": 5,
        "group_starts_at": (world.now + timedelta(days=30)).replace(microsecond=0).isoformat(),
        "group_place": "Library",
        "practical": "Side entrance.",
    }


async def course_of(
    world: World, *, seats: int = 5, group_starts_at: datetime | None = None, place: str | None = "Library"
) -> CourseView:
    """A course of the world's organisation; its group starts in a month unless told otherwise."""
    today = world.now.date()
    return await world.do.courses.create_course(
        world.coordinator,
        world.organisation,
        "Living with pain",
        today - timedelta(days=7),
        today + timedelta(days=21),
        Form.IN_PERSON,
        "Fjordby",
        "nb",
        "Pain",
        seats,
        group_starts_at or world.now + timedelta(days=30),
        place,
    )


async def signed_up(world: World, course: CourseView, *, ready: bool = True) -> tuple[Any, MySignUp]:
    """Somebody new who has signed up for a course's group."""
    somebody = await (world.ready("signer") if ready else world.registered("signer"))
    code = (await world.do.courses.open_sign_up(world.coordinator, course.id)).sign_up_code
    return somebody, await world.do.courses.sign_up_for_group(somebody, world.organisation, str(code))
