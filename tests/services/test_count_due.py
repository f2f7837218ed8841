"""Ballots are counted when they are due, though nobody asks; and no deadline depends on it (B-13)."""

from dataclasses import replace
from typing import Any

import pytest

from app.bootstrap import Running
from app.domain.admission.ballot import Question
from app.domain.shared.ids import BallotId
from app.services.admission.count_due import CountDueBallots
from tests.services.conftest import Look
from tests.support.world import World


def counter(service: Running) -> CountDueBallots:
    """The duty's own use case."""
    duty = next(each for each in service.duties if each.name == "count_due_ballots")
    assert isinstance(duty.run_once, CountDueBallots)
    return replace(duty.run_once, _closes={})


async def outcome(look: Look, ballot: BallotId) -> list[Any]:
    return await look("select verdict from ballot_outcome where ballot_id = $1", ballot)


@pytest.mark.hazard("B-13")
async def test_what_is_due_is_counted_and_nothing_before(world: World, look: Look) -> None:
    group = await world.meeting(4)
    ballot = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await world.vote(ballot, group.members[:3])
    count = counter(world.service)
    assert await count() is False
    assert await outcome(look, ballot.id) == []
    world.forward(days=14, hours=1)
    assert await count() is False
    assert len(await outcome(look, ballot.id)) == 1
    assert ballot.id not in count.keys.all(), "its key is destroyed with the count"
    assert await look("select from envelope where ballot_id = $1", ballot.id) == []
    await count()


async def test_one_that_can_not_be_counted_keeps_no_other_from_it(world: World, look: Look) -> None:
    group = await world.meeting(4)
    ballot = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    world.forward(days=15)
    usual = counter(world.service)

    async def count(which: BallotId) -> None:
        await usual.count(which)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await replace(usual, count=count)()
    assert len(await outcome(look, ballot.id)) == 1
