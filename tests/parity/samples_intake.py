"""What is asked of intake."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.domain.intake.outcome import Outcome
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from tests.parity.scene import Scene
from tests.support.canaries import IN_MY_OWN_WORDS, confided
from tests.support.intake_world import appoint, appointed, asked, code, wishes, worker

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
    # Long terms: the plays of other features let time pass.
    await world.policy(
        intake_mode=IntakeMode.CONVERSATION_OPTIONAL,
        recommendation_days=183,
        appointment_no_show_days=90,
        assessment_text_days=183,
    )
    somebody = scene.viewers["registered"]
    await world.do.intake.register_interest(somebody, world.organisation, wishes(), True)
    await world.do.intake.keep_private_wish(
        somebody, world.organisation, confided("Somebody whom nobody may read of.")
    )
    scene.more["recommendation code"] = await code(world)
    interviewer = scene.viewers["holding a conversation"] = await worker(world, Role.INTERVIEWER)
    asking, past = await appointed(world, interviewer)
    await world.do.intake.complete_assessment(interviewer, past, Outcome.NOT_NOW, [], [], "A note.")
    held = (await world.do.intake.ask_for_conversation(asking, world.organisation, IN_MY_OWN_WORDS, [])).id
    await appoint(world, held, interviewer, 90)
    scene.viewers["asking"] = asking
    scene.more["past assessment"] = str(past)
    _, waiting = await asked(world)
    scene.more["assessments"] = [str(held), str(waiting)]


def _holder(scene: Scene) -> str:
    return str(scene.viewers["holding a conversation"].person_id)


BODIES: dict[str, Callable[[Scene], Body | None]] = {
    "register_interest": lambda s: {"wishes": WISHES, "i_am_of_age": True},
    "activate_recommendation": lambda s: {
        "code": s.more["recommendation code"],
        "wishes": WISHES,
        "i_am_of_age": True,
    },
    "keep_private_wish": lambda s: {"words": confided("An old neighbour.")},
    "give_recommendation": lambda s: {"how_many": 2},
    "adopt_criteria": lambda s: {"criteria": ["sober", "own_choice", "takes_responsibility", "shares"]},
    "ask_for_conversation": lambda s: {"own_words": IN_MY_OWN_WORDS, "interviewers_i_know": []},
    "name_known_interviewers": lambda s: {"interviewers_i_know": [_holder(s)]},
    "appoint_interviewer": lambda s: {
        "interviewer_id": _holder(s),
        "starts_at": (s.world.now + timedelta(days=30)).isoformat(),
        "form": "phone",
        "place": "22 22 22 22",
    },
    "remark_on_assessment": lambda s: {"words": confided("I see it otherwise.")},
    "complete_assessment": lambda s: {
        "outcome": "other_help",
        "signposted_to": ["no_fastlege"],
        "points": [{"key": "listens", "answer": "unclear"}],
        "note": "A note.",
    },
}
FILTERS: dict[str, list[Body]] = {
    "list_interests": [
        {"form": "phone"},
        {"form": "video"},
        {"weekday": "tuesday", "language": "nb"},
        {"theme": "Grief", "limit": 1},
    ],
    "list_recommendations": [{"limit": 1}],
    "list_my_accesses": [{"limit": 1}],
}
PLACES: dict[str, Callable[[Scene], list[str]]] = {"assessment_id": lambda s: s.more["assessments"]}
ALSO_AT: dict[str, Callable[[Scene], list[dict[str, str]]]] = {
    "remark_on_assessment": lambda s: [{"assessment_id": s.more["past assessment"]}],
}
