"""Rights end by themselves (S-h1, X-10), over random histories and clocks: at the limit and at any time after it, a
starter hears by REST and by GraphQL what a stranger hears, whatever there is to ask about."""

import random
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from app.bootstrap import Running
from app.domain.groups.standing import Helping
from app.domain.shared.actor import Actor
from app.domain.starters.assignment import AssignmentStatus
from app.services.starters.views import AssignmentView
from tests.parity.asked import only_asked, questions
from tests.parity.conftest import Memory
from tests.parity.inside import INSIDE
from tests.parity.test_rights_end import heard
from tests.parity.ways_in import BY_NAME, Question, ask_graphql, ask_rest
from tests.support.group_history import History
from tests.support.histories import counting, share, told
from tests.support.meetings_world import membership
from tests.support.starters_world import starter
from tests.support.world import Travel, World

Token = Callable[[str], str]
ALMOST = timedelta(seconds=20)
STARTERS_OWN = {"read_group", "list_meetings", "read_meeting", "list_starters", "read_agenda"}
"""Some of what is theirs as long as they help."""


async def assignment(history: History) -> AssignmentView:
    """As a member sees it."""
    return await history.world.do.starters.read_assignment(history.group.members[0], history.helping.id)


def on_to(history: History, view: AssignmentView) -> None:
    """The clock stands at the limit."""
    history.world.forward(seconds=(view.ends_at - history.world.now).total_seconds())


async def everything(history: History) -> list[Question]:
    """All operations with a group in them, each about something that is there; what has fallen due is counted before."""
    await history.look_who_is_there()
    ids = {name: list(found) for name, found in history.ids.items()}
    ids["membership_id"] = [await membership(history.world, history.group, history.group.members[0])]
    ids["placement_id"] = history.placements
    asked = questions(history, ids)
    assert {each.operation.name for each in asked} >= {each.name for each in INSIDE} - {"read_ground_rules"}
    return asked


async def hears(
    ways: httpx.AsyncClient, token: Token, asked: Question, who: Actor
) -> list[tuple[object, ...]]:
    """What somebody is told by both ways in."""
    headers = {"accept-language": "en", "authorization": f"Bearer {token(who.subject or '')}"}
    return [heard(await ask(ways, asked, headers)) for ask in (ask_rest, ask_graphql)]


async def more_than_a_stranger(
    ways: httpx.AsyncClient, memory: Memory, token: Token, history: History, stranger: Actor
) -> set[str]:
    """The operations in which the starter hears anything else than a stranger."""
    found = set()
    whole = await everything(history)
    async with only_asked(memory):
        for asked in whole:
            other = await hears(ways, token, asked, stranger)
            assert "ok" not in {each[0] for each in other}, asked.operation.name
            if await hears(ways, token, asked, history.helper) != other:
                found.add(asked.operation.name)
    return found


@pytest.mark.rule("X-10", "X-03", "X-07", "G-02")
@pytest.mark.hazard("S-h1", "B-20")
async def test_s_h1_at_the_limit_and_ever_after_nothing_is_left(
    parity_service: tuple[Running, Travel],
    memory: Memory,
    ways: httpx.AsyncClient,
    token: Token,
    record_property: Callable[[str, object], None],
) -> None:
    checked = 0
    with counting(record_property):
        for seed in range(share("starter's exit")):
            history = await History.begin(await World(*parity_service).begin(), random.Random(100 + seed))
            stranger = await starter(history.world, "stranger")
            happened = [await history.step() for _ in range(history.chance.randint(0, 8))]
            view = await assignment(history)
            if view.status is not AssignmentStatus.OVER:
                on_to(history, view)
                history.world.forward(seconds=-ALMOST.total_seconds())
                place = {"group_id": str(history.group.id)}
                read = await hears(
                    ways, token, Question(BY_NAME["read_group"], place, None, {}), history.helper
                )
                assert [each[0] for each in read] == ["ok", "ok"], (seed, happened)
                on_to(history, view)
            for steps in (0, 6):
                happened += [await history.step() for _ in range(steps)]
                if (await assignment(history)).status is not AssignmentStatus.OVER:
                    break  # the group has said that a meeting wasn't held: the limit has moved
                checked += 1
                left = await more_than_a_stranger(ways, memory, token, history, stranger)
                assert left == set(), (seed, happened)
            told["starter's exit"] += 1
    assert checked >= 1.5 * share("starter's exit")


@pytest.mark.rule("X-10")
@pytest.mark.hazard("S-h1")
async def test_where_rights_wanted_a_job_to_end_it_would_be_seen(
    parity_service: tuple[Running, Travel],
    memory: Memory,
    ways: httpx.AsyncClient,
    token: Token,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: a build in which a starter stays until somebody removes them."""
    history = await History.begin(await World(*parity_service).begin(), random.Random(7))
    stranger = await starter(history.world, "stranger")
    on_to(history, await assignment(history))
    monkeypatch.setattr(Helping, "goes_on", lambda self, _now: not self.rests)
    assert await more_than_a_stranger(ways, memory, token, history, stranger) >= STARTERS_OWN
