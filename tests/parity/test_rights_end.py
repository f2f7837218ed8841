"""Rights end by themselves (S-h1, X-10): after the exit a starter hears what a stranger hears, whatever they ask for, by
either way in, about everything in the group that they have known."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import product
from re import compile as pattern
from zoneinfo import ZoneInfo

import httpx
import pytest

from app.api.shared.operations import Operation
from app.bootstrap import Running
from app.domain.groups.ground_rules import Agreement
from app.domain.shared.actor import Actor
from app.services.ports.paging import FIRST_PAGE
from tests.parity.conftest import Memory
from tests.parity.inside import INSIDE, MINE
from tests.parity.samples import BODIES
from tests.parity.scene import Scene, play
from tests.parity.ways_in import Answer, Question, ask_graphql, ask_rest
from tests.support.meetings_world import membership
from tests.support.starters_world import assigned, first_planned, planned, starter
from tests.support.world import Travel, World

_REQUEST = pattern(r"urn:uuid:[0-9a-f-]{36}")
EXITS = ("by the last day", "by the number of meetings", "by stepping out", "by a replacement", "at rest")


@dataclass
class Left:
    """A group, and everybody who has left it, each in another way; with the ids of all that there is in it."""

    scene: Scene
    ids: dict[str, list[str]]
    gone: dict[str, Actor]
    stranger: Actor


@pytest.fixture(scope="module")
async def after(parity_service: tuple[Running, Travel], memory: Memory) -> AsyncIterator[Left]:
    """Twenty days on: all exits have come, and nobody has done anything about it."""
    memory.keeps = True
    scene = await play(await World(*parity_service).begin())
    world = scene.world
    gone: dict[str, Actor] = {}
    people = {name: await starter(world) for name in EXITS}
    stranger, heir = await starter(world), await starter(world)
    found = []
    for names in (EXITS[:2], EXITS[2:4], EXITS[4:]):
        group = await world.forming(3)
        day = world.now.astimezone(ZoneInfo("Europe/Oslo")).date()  # it may be tomorrow there already
        limits = [{"latest_date": day}, {"max_meetings": 1}, {}, {}, {"max_meetings": 6}]
        views = [
            (await assigned(world, group, people[name], **limits[EXITS.index(name)]))[1]  # type: ignore[arg-type]
            for name in names
        ]
        if "by a replacement" in names:
            await world.do.starters.replace_starter(world.coordinator, views[1].id, heir.person_id)
            await world.do.starters.end_assignment(people["by stepping out"], views[0].id)
        places = await world.do.groups.list_placements(world.coordinator, group.id)
        first = await first_planned(world, group)
        found.append((group, first, views))
        gone |= {name: people[name] for name in names}
    world.forward(hours=3)
    meetings = {}
    for group, first, _ in found:
        meetings[group.id] = [first, await planned(world, group, 12), await planned(world, group, 30)]
        await world.open_for_new(group)
    drafts = [
        await world.do.groups.draft_ground_rules(group.members[0], group.id, Agreement(rhythm="Weekly"))
        for group, *_ in found
    ]
    _, application = await world.applied(await world.code())
    world.forward(days=20)
    await world.policy(suspend_starter_on_lapse=True)
    await world.do.volunteers.resign_as_volunteer(people["at rest"], world.organisation)
    visits = [
        await world.do.starters.invite_visitor(group.members[0], views[0].id, meetings[group.id][2].id)
        for group, _, views in found[:1]
    ]
    opened = [
        await world.do.admission.list_ballots(group.members[0], group.id, FIRST_PAGE) for group, *_ in found
    ]
    ids = {
        "group_id": [str(group.id) for group, *_ in found],
        "meeting_id": [str(each.id) for group, *_ in found for each in meetings[group.id]],
        "assignment_id": [str(view.id) for *_, views in found for view in views],
        "ballot_id": [str(page.items[0].id) for page in opened],
        "visit_id": [str(visit.id) for visit in visits],
        "ground_rules_id": [str(each.id) for each in drafts],
        "application_id": [str(application.id)],
        "placement_id": [str(each.id) for each in places],
        "membership_id": [str(await membership(world, group, group.members[1])) for group, *_ in found],
    }
    memory.keeps = False
    yield Left(scene, ids, gone, stranger)
    memory.keeps = True


def _questions(after: Left, operation: Operation) -> list[Question]:
    body = BODIES[operation.name](after.scene) if operation.takes is not None else None
    named = [after.ids[name] for name in operation.path_names]
    return [
        Question(operation, dict(zip(operation.path_names, place, strict=True)), body, {})
        for place in product(*named)
    ]


def heard(answer: Answer) -> tuple[object, ...]:
    """All that somebody is told, but for the request's own number."""
    return answer.code, answer.status, answer.headers, _REQUEST.sub("-", answer.text)


async def _by_both(
    ways: httpx.AsyncClient, question: Question, who: Actor, token: Callable[[str], str]
) -> list[tuple[object, ...]]:
    headers = {"accept-language": "en", "authorization": f"Bearer {token(who.subject or '')}"}
    return [
        heard(await ask_rest(ways, question, headers)),
        heard(await ask_graphql(ways, question, headers)),
    ]


@pytest.mark.rule("X-10", "X-07")
@pytest.mark.hazard("B-20", "S-h1", "S-h5")
@pytest.mark.parametrize("operation", INSIDE, ids=lambda operation: operation.name)
async def test_after_the_exit_a_starter_hears_what_a_stranger_hears(
    ways: httpx.AsyncClient, after: Left, token: Callable[[str], str], operation: Operation
) -> None:
    for question in _questions(after, operation):
        expected = await _by_both(ways, question, after.stranger, token)
        assert "ok" not in {heard[0] for heard in expected}
        for how, person in after.gone.items():
            if operation.name == "withdraw_visit" and how == EXITS[0]:
                continue  # the visitor may decline what the group has offered
            assert await _by_both(ways, question, person, token) == expected, (how, question.place)


@pytest.mark.rule("X-10")
@pytest.mark.parametrize("operation", MINE, ids=lambda operation: operation.name)
async def test_of_the_group_nothing_is_left_in_what_is_ones_own(
    ways: httpx.AsyncClient, after: Left, token: Callable[[str], str], operation: Operation
) -> None:
    hidden = [*after.ids["group_id"], *after.ids["meeting_id"], "member0", "member1"]
    for how, person in after.gone.items():
        for heard in await _by_both(ways, Question(operation, {}, None, {}), person, token):
            assert heard[0] == "ok"
            assert [each for each in hidden if each in str(heard[-1])] == [], how
