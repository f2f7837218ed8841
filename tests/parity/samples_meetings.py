"""What is asked about the series of meetings."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.domain.meetings.place import PlaceType
from tests.parity.scene import Scene
from tests.support.meetings_world import meetings, membership, weekly


def _series(scene: Scene) -> Mapping[str, Any]:
    at = (scene.world.now + timedelta(days=5)).replace(tzinfo=None)
    return {
        "first_local": at.isoformat(timespec="minutes"),
        "place": "Chapel",
        "place_type": "church",
        "time_zone": "Europe/Copenhagen",
        "weekly_meetings": 3,
        "then_every_weeks": 4,
        "until": (at.date() + timedelta(days=300)).isoformat(),
        "minutes": 150,
    }


BODIES: dict[str, Callable[[Scene], Mapping[str, Any] | None]] = {
    "plan_series": _series,
    "change_series": _series,
    "arrange_agenda": lambda s: {
        "items": [
            {"key": "signing", "title": None, "minutes": 15},
            {"key": None, "title": "Summer outing", "minutes": 5},
            {"key": "closing", "title": None, "minutes": 5},
        ]
    },
    "note_attendance": lambda s: {"present": True},
}
FILTERS: dict[str, list[Mapping[str, Any]]] = {
    "list_meetings": [{"limit": 1}, {"upcoming": True}],
    "read_rounds": [{"speakers": 4, "rounds": 3, "break_minutes": 0}, {"speakers": 12, "break_minutes": 60}],
}


async def play(scene: Scene) -> None:
    """A second group that meets regularly, at somebody's home; the first has no series yet."""
    world = scene.world
    group = await world.meeting(3)
    await weekly(world, group, place="Somebody's home", place_type=PlaceType.PRIVATE_HOME)
    scene.more["regular"] = group
    scene.viewers["member who meets regularly"] = group.members[0]
    note = world.do.meetings.note_absence
    await note(scene.viewers["grace"], scene.next_meeting.id)
    begun = (await meetings(world, group))[0]
    await world.do.meetings.note_attendance(
        group.members[0], begun.id, await membership(world, group, group.members[1]), True
    )
    scene.more["begun"] = str(begun.id)
    scene.more["regular member"] = str(await membership(world, group, group.members[2]))


PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "membership_id": lambda s: [s.unsigned_membership],
}


def _begun(scene: Scene) -> list[dict[str, str]]:
    return [{"meeting_id": scene.more["begun"]}]


def _there(scene: Scene) -> list[dict[str, str]]:
    return [{"meeting_id": scene.more["begun"], "membership_id": scene.more["regular member"]}]


def _regular(scene: Scene) -> list[dict[str, str]]:
    return [{"group_id": str(scene.more["regular"].id)}]


ALSO_AT: dict[str, Callable[[Scene], list[dict[str, str]]]] = {
    "list_meetings": _regular,
    "read_series": _regular,
    "plan_series": _regular,
    "change_series": _regular,
    "end_series": _regular,
    "list_attendance": _begun,
    "note_attendance": _there,
}
