"""What the operations about starters are asked with: a group with a starter, one who has left it, one who is asked back."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.parity.scene import Scene
from tests.support.starters_world import assigned, first_planned, planned, starter

BODIES: dict[str, Callable[[Scene], Mapping[str, Any] | None]] = {
    "assign_starter": lambda s: {"person_id": s.more["free starter"], "max_meetings": 2},
    "replace_starter": lambda s: {"person_id": s.more["free starter"]},
    "shorten_exit": lambda s: {"max_meetings": 4},
    "set_follow_up": lambda s: {"day": (s.world.now + timedelta(days=40)).date().isoformat()},
    "invite_visitor": lambda s: {"meeting_id": s.more["meeting to come"]},
    "write_to_participants": lambda s: {"words": "I look forward to our first evening."},
}


def longer_stay(scene: Scene) -> Mapping[str, Any]:
    """The question to the helped group."""
    return {"question": "longer_stay", "assignment_id": scene.more["assignment"], "max_meetings": 6}


ALSO_ASKED: dict[str, Callable[[Scene], list[tuple[dict[str, str], Mapping[str, Any]]]]] = {
    "open_ballot": lambda s: [({"group_id": s.more["helped group"]}, longer_stay(s))],
}
FILTERS: dict[str, list[Mapping[str, Any]]] = {
    "list_starters": [{"limit": 1}],
    "list_starter_messages": [{"limit": 1}],
    "list_visits": [{"limit": 1}],
}
PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "assignment_id": lambda s: [
        s.more["assignment"],
        s.more["assignment over"],
        s.more["forming assignment"],
    ],
    "visit_id": lambda s: [s.more["visit"]],
}


async def play(scene: Scene) -> None:
    """One starter helps two groups; two have left the one that has begun, and one of these is asked back."""
    world = scene.world
    group = await world.forming(3)
    helper, gone, asked = await starter(world, "helper"), await starter(world), await starter(world)
    _, over = await assigned(world, group, gone)
    await world.do.starters.end_assignment(gone, over.id)
    _, back = await assigned(world, group, asked)
    await world.do.starters.end_assignment(world.coordinator, back.id)
    _, active = await assigned(world, group, helper, max_meetings=5)
    await first_planned(world, group)
    world.forward(hours=2)
    await planned(world, group, 2 / 24)
    world.forward(hours=3)
    to_come = await planned(world, group, 5)
    visit = await world.do.starters.invite_visitor(group.members[0], back.id, to_come.id)
    _, forming = await assigned(world, scene.forming, helper)
    await world.do.starters.write_to_participants(helper, forming.id, "I am the helper.")
    await world.do.starters.write_to_participants(helper, forming.id, "There is coffee.")
    scene.viewers |= {
        "helping starter": helper,
        "starter who is asked back": asked,
        "member with a starter": group.members[0],
    }
    scene.more |= {
        "helped group": str(group.id),
        "meeting to come": str(to_come.id),
        "assignment": str(active.id),
        "assignment over": str(over.id),
        "forming assignment": str(forming.id),
        "visit": str(visit.id),
        "free starter": str((await starter(world, "free")).person_id),
    }
