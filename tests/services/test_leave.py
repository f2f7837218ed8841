"""Leave: off the quorum, not off the roll; the others see that somebody is away, and no more (B-05)."""

from dataclasses import fields
from datetime import timedelta

import pytest

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.questions import Question
from app.domain.groups.errors import GroupNotFound, LeaveOutOfBounds
from app.services.groups.views import MemberView
from tests.support.world import World

pytestmark = pytest.mark.hazard("B-05")
FOR, AGAINST = Choice.FOR, Choice.AGAINST


@pytest.mark.parametrize("voice", [None, FOR, AGAINST])
async def test_no_quorum_waits_for_who_is_away_and_their_vote_counts(
    world: World, voice: Choice | None
) -> None:
    group = await world.meeting(5)
    *here, away = group.members
    ballot = await world.do.admission.open_ballot(here[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    assert ballot.roll_size == 5
    await world.do.groups.take_leave(away, group.id, world.now + timedelta(days=60))
    if voice is not None:
        await world.vote(ballot, [away], voice)
    open_still = await world.vote(ballot, here[:3], FOR)
    assert open_still.status is BallotStatus.OPEN
    if voice is None:
        await world.vote(ballot, here[3:], FOR)
        world.forward(days=15)
    else:
        await world.vote(ballot, here[3:], FOR)
    seen = await world.do.admission.read_ballot(here[0], ballot.id)
    assert seen.status is (BallotStatus.NOT_ADOPTED if voice is AGAINST else BallotStatus.ADOPTED)


@pytest.mark.hazard("B-09")
async def test_it_is_the_closing_time_that_counts(world: World) -> None:
    """Back before it closes: missed. Back, or away, only after it: nothing changes any more, counted or not."""
    outcomes = []
    for until, after in ((10, None), (14, "end"), (None, "take")):
        group = await world.meeting(5)
        *here, away = group.members
        ballot = await world.do.admission.open_ballot(here[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
        if until is not None:
            ends = world.now + timedelta(days=until, hours=5)
            await world.do.groups.take_leave(away, group.id, ends)
        await world.vote(ballot, here, FOR)
        world.forward(days=14, hours=1)
        if after == "end":
            await world.do.groups.end_leave(away, group.id)
        elif after == "take":
            await world.do.groups.take_leave(away, group.id, world.now + timedelta(days=9))
        outcomes.append((await world.do.admission.read_ballot(here[0], ballot.id)).status)
    assert outcomes == [BallotStatus.LAPSED, BallotStatus.ADOPTED, BallotStatus.LAPSED]


@pytest.mark.rule("G-03", "A-01")
async def test_leave_never_lets_fewer_than_three_decide(world: World) -> None:
    group = await world.meeting(5)
    for member in group.members[1:4]:
        await world.do.groups.take_leave(member, group.id, world.now + timedelta(days=60))
    ballot = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await world.vote(ballot, [group.members[0], group.members[4]], FOR)
    world.forward(days=15)
    assert (await world.do.admission.read_ballot(group.members[0], ballot.id)).status is BallotStatus.LAPSED


async def test_the_others_see_that_somebody_is_away_and_no_more(world: World) -> None:
    group = await world.meeting(3)
    away, other, _ = group.members
    take, read = world.do.groups.take_leave, world.do.groups.read_leave
    starts, ends = world.now + timedelta(days=2), world.now + timedelta(days=20)
    mine = await take(away, group.id, ends, starts)
    assert (mine.is_away, mine.starts_at, mine.ends_at) == (False, starts, ends)
    shown: list[bool] = []
    for days in (0, 3, 18):
        world.forward(days=days)
        page = await world.do.groups.read_group(other, group.id)
        assert page.members is not None
        shown.append(any(member.away for member in page.members))
        assert await read(other, group.id) == await world.do.groups.end_leave(other, group.id)
    assert shown == [False, True, False]
    assert (await read(away, group.id)).ends_at is None
    assert {field.name for field in fields(MemberView)} == {"id", "alias", "signed", "away", "is_me"}
    await take(away, group.id, world.now + timedelta(days=9))
    assert not (await world.do.groups.end_leave(away, group.id)).is_away


async def test_a_leave_lies_ahead_and_is_ones_own(world: World) -> None:
    group = await world.meeting(3)
    member, now = group.members[0], world.now
    take = world.do.groups.take_leave
    for ends, starts in (
        (now - timedelta(days=1), None),
        (now + timedelta(days=9), now - timedelta(days=1)),
        (now + timedelta(days=3), now + timedelta(days=4)),
        (now + timedelta(days=400), None),
    ):
        with pytest.raises(LeaveOutOfBounds):
            await take(member, group.id, ends, starts)
    for outsider in (world.coordinator, await world.registered("stranger")):
        with pytest.raises(GroupNotFound):
            await take(outsider, group.id, now + timedelta(days=9))
        with pytest.raises(GroupNotFound):
            await world.do.groups.read_leave(outsider, group.id)
