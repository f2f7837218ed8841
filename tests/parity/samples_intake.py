"""What is asked of intake."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.parity.scene import Scene
from tests.support.intake_world import code, wishes

Body = Mapping[str, Any]
WISHES = {
    "theme": "Grief",
    "forms": ["in_person"],
    "area": "Fjordby",
    "weekdays": ["tuesday"],
    "language": "nb",
    "company": ["near_my_age", "same_theme"],
}


async def play(scene: Scene) -> None:
    """Somebody with an interest and a private wish; a code that nobody has used."""
    world = scene.world
    somebody = scene.viewers["registered"]
    await world.do.intake.register_interest(somebody, world.organisation, wishes(), True)
    await world.do.intake.keep_private_wish(somebody, world.organisation, "Somebody whom nobody may read of.")
    scene.more["code"] = await code(world)


BODIES: dict[str, Callable[[Scene], Body | None]] = {
    "register_interest": lambda s: {"wishes": WISHES, "i_am_of_age": True},
    "activate_recommendation": lambda s: {"code": s.more["code"], "wishes": WISHES, "i_am_of_age": True},
    "keep_private_wish": lambda s: {"words": "An old neighbour."},
    "give_recommendation": lambda s: {"how_many": 2},
}
FILTERS: dict[str, list[Body]] = {
    "list_interests": [
        {"form": "phone"},
        {"form": "video"},
        {"weekday": "tuesday", "language": "nb"},
        {"theme": "Grief", "limit": 1},
    ],
    "list_recommendations": [{"limit": 1}],
}
