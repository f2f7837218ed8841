"""What systems are asked with in the parity table: each asked about what its administrator has registered."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.parity.scene import Scene
from tests.support.systems_world import STRANGER, let_in, machine


def _changed(scene: Scene) -> Mapping[str, Any]:
    return {
        "name": "The centre's system",
        "purpose": "Hands out codes after a course.",
        "scopes": ["recommendations.write"],
        "expires_at": (scene.world.now + timedelta(days=100)).replace(microsecond=0).isoformat(),
        "suppliers": [],
    }


BODIES: dict[str, Callable[[Scene], Mapping[str, Any]]] = {
    "register_system": lambda scene: {**_changed(scene), "consumer": STRANGER},
    "change_system": _changed,
}
FILTERS = {"list_systems": [{"limit": 1}]}
PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "system_id": lambda scene: [scene.more["system"], scene.more["revoked_system"]],
}


async def play(scene: Scene) -> None:
    """An account that holds, and one that was revoked."""
    world = scene.world
    holds = await let_in(world, machine(f"another-system-{world.organisation}"))
    revoked = await let_in(world, machine(f"revoked-system-{world.organisation}"))
    await world.do.systems.revoke_system(world.administrator, revoked.id)
    scene.more |= {"system": str(holds.id), "revoked_system": str(revoked.id)}
