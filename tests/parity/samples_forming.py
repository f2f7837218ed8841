"""What is asked about groups that form."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.parity.scene import Scene
from tests.support.forming_world import alone, ask, code_of, list_of, ready_at

_COMPOSITION = {"age_from": 20, "age_to": 60, "genders": "women", "in_common": "Students"}
BODIES: dict[str, Callable[[Scene], Mapping[str, Any] | None]] = {
    "form_group": lambda s: {
        "form": "video", "area": "Online", "language": "nb", "theme": "Grief", "seats": 5,
        "composition": _COMPOSITION, "starter_helps": True,
    },
    "edit_group": lambda s: {
        "form": "video", "area": "Online", "language": "nb", "composition": {**_COMPOSITION, "age_from": None},
    },
    "begin_group": lambda s: {
        "form": "phone", "area": "Anywhere", "language": "nb", "alias": "Alke", "seats": 4,
        "composition": {"genders": "men"},
    },
    "ask_for_place": lambda s: {"application_code": s.more["forming code"], "alias": "Alke"},
}  # fmt: skip
FILTERS: dict[str, list[Mapping[str, Any]]] = {
    "list_offers": [
        {"theme": "Grief"},
        {"form": "video"},
        {"kind": "forming"},
        {"kind": "meeting", "limit": 1},
    ],
    "list_waiting": [{"limit": 1}],
}


async def play(scene: Scene) -> None:
    """The forming group is offered, two people wait for it; and there is a group that stands alone."""
    world = scene.world
    code = scene.more["forming code"] = await code_of(world, world.coordinator, scene.forming.id)
    await world.do.groups.publish_offer(world.coordinator, scene.forming.id)
    waiters = [await world.ready("waiter") for _ in range(2)]
    for waiter in waiters:
        await ask(world, waiter, world.organisation, code)
    scene.viewers["waiting for a place"] = waiters[0]
    group = scene.more["alone"] = await alone(world, 2)
    scene.viewers["convenor"], scene.viewers["member of a group that stands alone"] = group.members
    waiter = await ready_at(world, group.organisation, "waiter")
    await ask(world, waiter, group.organisation, await code_of(world, group.coordinator, group.id))
    assert len(await list_of(world, group.coordinator, group.id)) == 1
    found = await world.do.groups.list_placements(group.coordinator, group.id)
    scene.more["places alone"] = [str(placement.id) for placement in found]


def _alone(scene: Scene) -> list[dict[str, str]]:
    return [{"group_id": str(scene.more["alone"].id)}]


def _places(scene: Scene) -> list[dict[str, str]]:
    return [{"placement_id": each} for each in scene.more["places alone"]]


_OF_GROUP = (
    "read_group", "edit_group", "list_placements", "read_group_offer", "publish_offer", "unpublish_offer",
    "withdraw_wish", "list_waiting", "plan_meeting",
)  # fmt: skip
ALSO_AT: dict[str, Callable[[Scene], list[dict[str, str]]]] = (
    dict.fromkeys(_OF_GROUP, _alone)
    | dict.fromkeys(("name_convenor", "relieve_convenor"), _places)
    | {"begin_group": lambda s: [{"organisation_id": s.national}]}
)
