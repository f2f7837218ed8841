"""What is asked about a group's own affairs."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.domain.admission.questions import Question
from app.domain.groups.ground_rules import AbsenceChannel, Agreement
from tests.parity.scene import Scene


def _leave(scene: Scene) -> Mapping[str, Any]:
    return {"ends_at": (scene.world.now + timedelta(days=20)).replace(microsecond=0).isoformat()}


BODIES: dict[str, Callable[[Scene], Mapping[str, Any] | None]] = {
    "take_leave": _leave,
    "draft_ground_rules": lambda scene: {
        "agreement": {"rhythm": "Every week", "absence_channel": "in_app", "points": ["No telephones"]}
    },
}
FILTERS: dict[str, list[Mapping[str, Any]]] = {"list_ground_rules": [{"limit": 1}]}
PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "ground_rules_id": lambda scene: [scene.more["rules"], scene.more["draft"]],
}


async def play(scene: Scene) -> None:
    """The closed group has ground rules and a draft, somebody is away, somebody was there, and one is asked about."""
    do, group = scene.world.do, scene.group
    first, second, newcomer, _grace = group.members
    agreement = Agreement(
        rhythm="Thursdays", absence_channel=AbsenceChannel.PHONE_CALL, points=("Be on time",)
    )
    rules = await do.groups.draft_ground_rules(first, group.id, agreement)
    ballot = await do.admission.open_ballot(first, group.id, Question.GROUND_RULES, ground_rules_id=rules.id)
    await scene.world.vote(ballot, group.members)
    draft = await do.groups.draft_ground_rules(second, group.id, Agreement())
    scene.more |= {"rules": str(rules.id), "draft": str(draft.id)}
    await do.groups.take_leave(newcomer, group.id, scene.world.now + timedelta(days=30))
    gone = await scene.world.meeting(4)
    leaver = gone.members.pop()
    await do.groups.leave_group(leaver, gone.id)
    asked = await do.groups.read_group(gone.members[2], gone.id)
    await do.admission.open_ballot(
        gone.members[0], gone.id, Question.EXCLUSION, member_id=asked.my_membership_id
    )
    scene.viewers["left a group"] = leaver
    scene.viewers["asked about"] = gone.members[2]
