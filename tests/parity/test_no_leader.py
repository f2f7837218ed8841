"""No leader (G-01, G-03, G-h7): in any history, whatever one member may do or see, each other member may in their place.

The operations are those of the one table, so a new one is asked about by itself. What is asked leaves no trace: both
members find the same state.
"""

import random
from collections import Counter
from collections.abc import Callable, Container
from itertools import combinations
from typing import Any

import httpx
import pytest

from app.api.shared.operations import Operation
from app.bootstrap import Running
from app.domain.admission.application import Stage
from app.domain.admission.questions import Question as Asked
from app.domain.groups.errors import GroupNotFound
from app.domain.shared.actor import Actor
from tests.parity.asked import only_asked, questions
from tests.parity.conftest import Memory
from tests.parity.inside import INSIDE
from tests.parity.ways_in import Question, ask_rest
from tests.support.group_history import History
from tests.support.histories import counting, share, told
from tests.support.meetings_world import membership
from tests.support.world import Travel, World

Token = Callable[[str], str]
Pair = tuple[Actor, Actor, list[Question]]
LENGTH, EVERY = 28, 7
NEVER = {
    "assign_starter", "replace_starter", "write_to_participants", "publish_offer", "unpublish_offer",
    "list_waiting", "list_placements", "invite_to_place", "withdraw_invitation", "accept_place", "decline_place",
    "name_convenor", "relieve_convenor", "end_assignment", "accept_entry", "decline_entry", "withdraw_application",
    "read_group_offer", "withdraw_wish", "correct_application",
}  # fmt: skip
"""What no member of a group that meets can do: it is a coordinator's, a starter's, an applicant's."""

OWN = {"read_leave"}
"""What says nothing but of the reader's own."""


def impersonal(value: Any) -> Any:
    """An answer without what it says of the reader's own: their vote, their place, which of the members they are."""
    if isinstance(value, list):
        return [impersonal(each) for each in value]
    if isinstance(value, dict):
        own = {"isMe", "isMine", "late"}
        return {
            name: impersonal(each)
            for name, each in value.items()
            if name not in own and not (name.startswith("my") and name[2:3].isupper())
        }
    return value


def was_confided_to_others(entry: Any, before: Container[str]) -> bool:
    """An application that has ended, or a ballot on somebody's place, from before one of the two came (docs/adr/0073)."""
    if not isinstance(entry, dict) or entry.get("id") not in before:
        return False
    stage, question = entry.get("groupStage"), entry.get("question")
    return (stage is not None and not Stage(str(stage).lower()).is_live) or (
        str(question).lower() in (Asked.ADMISSION, Asked.EXCLUSION)
    )


def without(value: Any, before: Container[str]) -> Any:
    """An answer without the entries of its lists that only one of the two may know of."""
    if isinstance(value, list):
        return [without(each, before) for each in value if not was_confided_to_others(each, before)]
    return {name: without(each, before) for name, each in value.items()} if isinstance(value, dict) else value


async def differences(
    ways: httpx.AsyncClient, token: Token, history: History, pair: Pair, seen: Counter[str]
) -> list[str]:
    """Where two members hear different things."""
    one, other, asked = pair
    before = {str(it) for it, who in history.before if who in (one, other)}
    found = []
    for question in asked:
        answers = [
            await ask_rest(
                ways,
                question,
                {"accept-language": "en", "authorization": f"Bearer {token(who.subject or '')}"},
            )
            for who in (one, other)
        ]
        first, second = answers
        same = question.operation.is_query and question.operation.name not in OWN
        shown = [without(impersonal(each.data), before) if same else None for each in answers]
        seen[question.operation.name] += first.code == "ok"
        if first.code != second.code or shown[0] != shown[1]:
            found.append(f"{question.operation.name}: {first.code}, {second.code}")
    return found


async def alike(history: History) -> Pair | None:
    """Two members who have signed alike, and what to ask: nothing about their own applications or exclusion,
    nor about a ballot of which one of them was not yet there."""
    members = history.chance.sample(history.group.members, len(history.group.members))
    read = history.world.do.groups.read_group
    signed = [((await read(who, history.group.id)).my_standing, who) for who in members]
    for one, other in combinations(members, 2):
        third = next((who for who in members if who not in (one, other)), None)
        if third is None or len({standing for standing, who in signed if who in (one, other)}) > 1:
            continue
        theirs = [*history.about.items(), *history.applicants.items(), *history.before]
        own = {it for it, who in theirs if who in (one, other)}
        ids = {name: [it for it in found if it not in own] for name, found in history.ids.items()}
        ids["membership_id"] = [await membership(history.world, history.group, third)]
        return one, other, questions(history, ids)
    return None


@pytest.mark.rule("G-01", "G-03")
@pytest.mark.hazard("G-h7")
async def test_g01_what_one_member_may_each_other_may(
    parity_service: tuple[Running, Travel],
    memory: Memory,
    ways: httpx.AsyncClient,
    token: Token,
    record_property: Callable[[str, object], None],
) -> None:
    seen: Counter[str] = Counter()
    with counting(record_property):
        for seed in range(share("group without a leader")):
            history = await History.begin(await World(*parity_service).begin(), random.Random(seed))
            happened: list[str] = []
            for number in range(LENGTH):
                if number % EVERY == 0 and (pair := await alike(history)) is not None:
                    async with only_asked(memory):
                        found = await differences(ways, token, history, pair, seen)
                    assert found == [], (seed, happened)
                happened.append(await history.step())
            told["group without a leader"] += 1
    assert {name for name, number in seen.items() if number} == {each.name for each in INSIDE} - NEVER


@pytest.mark.rule("G-01", "G-03")
@pytest.mark.hazard("G-h7")
async def test_g_h7_wherever_one_member_were_more_than_others_it_would_be_seen(
    parity_service: tuple[Running, Travel],
    memory: Memory,
    ways: httpx.AsyncClient,
    token: Token,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: operation by operation, a build in which it is for one of the members alone."""
    history = await History.begin(await World(*parity_service).begin(), random.Random(0))
    pair = await alike(history)
    assert pair is not None
    one, other, asked = pair
    seen: Counter[str] = Counter()
    async with only_asked(memory):
        assert await differences(ways, token, history, pair, seen) == []
        able = [question for question in asked if seen[question.operation.name]]
        assert len(able) >= 30
        for question in able:
            with monkeypatch.context() as patched:
                for_one_alone(patched, question.operation, one)
                found = await differences(ways, token, history, (one, other, [question]), seen)
            assert found == [f"{question.operation.name}: ok, {GroupNotFound.code}"]


def for_one_alone(patched: pytest.MonkeyPatch, operation: Operation, leader: Actor) -> None:
    """A build in which this operation has a leader."""
    as_it_is = operation.use_case.__call__

    async def led(self: Any, actor: Actor, *given: Any, **named: Any) -> Any:
        if actor.person_id != leader.person_id:
            raise GroupNotFound
        return await as_it_is(self, actor, *given, **named)

    patched.setattr(operation.use_case, "__call__", led)
