"""What webhooks are asked with in the parity table: one of the system's own, and one of the administrators'."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.parity.scene import Scene
from tests.support.webhooks_world import ARRIVED, desk, hooked

_CHANGED = {"purpose": "Keeps a list of courses fresh.", "types": ["course.created"]}
BODIES: dict[str, Callable[[Scene], Mapping[str, Any]]] = {
    "register_webhook": lambda _: {
        "url": "https://hooks.example.org/new",
        "purpose": "Hears of offers.",
        "types": [],
    },
    "change_webhook": lambda _: {"url": "https://hooks.example.org/moved", **_CHANGED},
    "rotate_webhook_secret": lambda _: {"overlap_hours": 2},
}
FILTERS = {"list_deliveries": [{"limit": 1}, {"state": "delivered"}]}
PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "webhook_id": lambda scene: [scene.more["webhook"], scene.more["administrators_webhook"]],
    "event_id": lambda scene: [scene.more["delivered"], scene.more["under_way"]],
}


async def play(scene: Scene) -> None:
    """Two webhooks; of two tests at the system's, one has arrived."""
    world = scene.world
    system = scene.viewers["system with an account"]
    own = (await hooked(world, system)).webhook
    others = (await hooked(world)).webhook
    arrived = await world.do.events.try_webhook(system, own.id)
    there = desk(world.service)
    for taken in await there.take(100):
        if taken.webhook_id == own.id:
            for outgoing in await there.begin(taken, 10):
                await there.end(outgoing, ARRIVED)
        await there.put_back(taken)
    under_way = await world.do.events.try_webhook(system, own.id)
    scene.more |= {
        "webhook": str(own.id),
        "administrators_webhook": str(others.id),
        "delivered": str(arrived.event_id),
        "under_way": str(under_way.event_id),
    }
