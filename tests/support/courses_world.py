"""Courses, for histories in tests."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from app.domain.groups.group import Form
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Invalid
from app.services.courses.announcement_views import AnnouncedCourseView
from app.services.courses.views import CourseView, MySignUp
from tests.support.systems_world import let_in, machine
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


async def announced(world: World, system: Actor, own_id: str, **changes: Any) -> AnnouncedCourseView:
    """A course that a system announces: it began a week ago and goes on for three."""
    today = world.now.date()
    said: dict[str, Any] = {
        "title": "Living with pain",
        "first_day": today - timedelta(days=7),
        "last_day": today + timedelta(days=21),
        "form": Form.IN_PERSON,
        "area": "Fjordby",
        "language": "nb",
    }
    return await world.do.courses.announce_course(system, world.organisation, own_id, **(said | changes))


async def imported(world: World) -> UUID:
    """An import of a system's, with one row that couldn't be read."""
    system, import_id = machine(f"import-{world.organisation}"), uuid4()
    await let_in(world, system)
    do = world.do.courses
    await do.begin_course_import(system, world.organisation, import_id)
    with suppress(Invalid):
        await do.import_course_row(system, world.organisation, import_id, 1, bytes(32), Invalid())
    return import_id
