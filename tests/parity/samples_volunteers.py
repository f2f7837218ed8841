"""What the operations about volunteers are asked with."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.domain.volunteers.training_record import EntryKind
from app.domain.volunteers.volunteer import RecruitmentSource
from tests.parity.scene import Scene
from tests.support.volunteers_world import found_suited, offered, pair, record, trained

BODIES: dict[str, Callable[[Scene], Mapping[str, Any] | None]] = {
    "offer_to_volunteer": lambda s: {"recruited_from": "association"},
    "record_training": lambda s: {
        "kind": "supervision",
        "happened_at": s.more["some time ago"],
        "corrects": s.more["supervision"],
    },
    "adopt_volunteer_criteria": lambda s: {"required": ["listens"], "welcome": ["keeps_frames"]},
    "accept_partner": lambda s: {"code": s.more["code"]},
}
FILTERS: dict[str, list[Mapping[str, Any]]] = {
    "read_my_volunteering": [{"as_of": "2020-01-01T00:00:00Z"}],
    "read_volunteer": [{"as_of": "2199-12-31T00:00:00Z"}],
    "list_volunteers": [{"status": "assignable"}, {"limit": 1}, {"as_of": "2020-01-01T00:00:00Z"}],
    "list_volunteer_outlook": [{"only": "can_start"}, {"only": "runs_out", "limit": 1}],
    "read_held_volunteer_criteria": [{"version": 1}, {"version": 9999}],
    "list_training": [{"limit": 1}],
    "list_my_training": [{"limit": 1}],
}


async def play(scene: Scene) -> None:
    """The starter is a trained volunteer; others are on the way, in a pair, or have stopped."""
    world, starter = scene.world, scene.viewers["starter"]
    offer = world.do.volunteers.offer_to_volunteer
    await offer(starter, world.organisation, RecruitmentSource.CENTRE)
    await trained(world, volunteer=starter)
    entry = await record(world, starter, EntryKind.SUPERVISION)
    scene.more["supervision"] = str(entry.id)
    scene.more["some time ago"] = (world.now - timedelta(hours=1)).replace(microsecond=0).isoformat()
    partner = await trained(world, "partner")
    await pair(world, starter, partner)
    proposer = await offered(world, "proposer")
    await found_suited(world, proposer)
    proposal = await world.do.volunteers.propose_partner(proposer, world.organisation)
    scene.more["code"] = proposal.code
    gone = await offered(world, "gone")
    await world.do.volunteers.resign_as_volunteer(gone, world.organisation)
    scene.viewers |= {
        "volunteer who proposes": proposer,
        "volunteer who could accept": await offered(world, "free"),
        "volunteer who has stopped": gone,
    }
