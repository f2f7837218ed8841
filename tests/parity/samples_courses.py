"""What courses are asked with in the parity table, and the courses that the scene needs for it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.parity.scene import Scene
from tests.support.courses_world import announced, course_of, described

BODIES: dict[str, Callable[[Scene], Mapping[str, Any]]] = {
    "create_course": lambda scene: described(scene.world),
    "edit_course": lambda scene: {**described(scene.world), "title": "Another title"},
    "announce_course": lambda scene: described(scene.world),
    "note_announced_milestone": lambda scene: {"done_on": scene.world.now.date().isoformat()},
    "note_milestone": lambda scene: {"done_on": scene.world.now.date().isoformat()},
    "sign_up_for_group": lambda scene: {"sign_up_code": scene.more["sign_up_code"]},
}
FILTERS = {
    "list_courses": [{"limit": 1}],
    "list_announced_courses": [{"limit": 1}],
    "list_sign_ups": [{"limit": 1}],
}
PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "course_id": lambda scene: [scene.more["course"], scene.more["cancelled_course"]],
    "own_id": lambda scene: ["K-1", "K-unknown"],
    "import_id": lambda scene: [IMPORT],
    "milestone": lambda scene: ["open_for_questions"],
    "sign_up_id": lambda scene: [scene.more["sign_up"]],
}

IMPORT = "8f2c1f9e-3b1d-4f0e-9d55-6a1f0c7d2e11"


async def play(scene: Scene) -> None:
    """A course with an open sign-up and somebody who has signed up, and one that was cancelled."""
    world = scene.world
    course = await course_of(world, group_starts_at=world.now + timedelta(days=30))
    opened = await world.do.courses.open_sign_up(world.coordinator, course.id)
    signer = await world.ready("signer")
    mine = await world.do.courses.sign_up_for_group(signer, world.organisation, str(opened.sign_up_code))
    cancelled = await course_of(world)
    await world.do.courses.cancel_course(world.coordinator, cancelled.id)
    system = scene.viewers["system with an account"]
    await announced(world, system, "K-1")
    await world.do.courses.begin_course_import(system, world.organisation, UUID(IMPORT))
    scene.viewers["signed up after a course"] = signer
    scene.more |= {
        "course": str(course.id),
        "cancelled_course": str(cancelled.id),
        "sign_up_code": opened.sign_up_code,
        "sign_up": str(mine.id),
    }
