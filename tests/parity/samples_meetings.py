"""What is asked about the series of meetings."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.domain.meetings.place import PlaceType
from tests.parity.scene import Scene
from tests.support.meetings_world import weekly


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
}
FILTERS: dict[str, list[Mapping[str, Any]]] = {"list_meetings": [{"limit": 1}, {"upcoming": True}]}


async def play(scene: Scene) -> None:
    """A second group that meets regularly, at somebody's home; the first has no series yet."""
    world = scene.world
    group = await world.meeting(3)
    await weekly(world, group, place="Somebody's home", place_type=PlaceType.PRIVATE_HOME)
    scene.more["regular"] = group
    scene.viewers["member who meets regularly"] = group.members[0]


def _regular(scene: Scene) -> list[dict[str, str]]:
    return [{"group_id": str(scene.more["regular"].id)}]


ALSO_AT: dict[str, Callable[[Scene], list[dict[str, str]]]] = dict.fromkeys(
    ("list_meetings", "read_series", "plan_series", "change_series", "end_series"), _regular
)
