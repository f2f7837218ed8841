"""A group has no end, unless it sets one itself; and any one member drops it again (G-16, G-17, S0)."""

import asyncio
from datetime import datetime, timedelta

import pytest

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import BallotUnderWay, EndTooSoon, SubjectMismatch
from app.domain.admission.questions import Question
from app.domain.groups.errors import DeclarationNeeded, GroupHasEnded, GroupNotFound
from app.domain.groups.group import Phase
from app.domain.meetings.meeting import MeetingStatus
from app.domain.shared.actor import Actor
from app.services.admission.views import BallotView
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import Made, World

pytestmark = pytest.mark.rule("G-16", "G-17")
FOR, AGAINST = Choice.FOR, Choice.AGAINST


async def proposed(world: World, group: Made, ends_at: datetime, who: Actor | None = None) -> BallotView:
    return await world.do.admission.open_ballot(
        who or group.members[0], group.id, Question.END_DATE, ends_at=ends_at
    )


async def end(world: World, group: Made) -> datetime | None:
    return (await world.do.groups.read_group(group.members[0], group.id)).ends_at


async def test_the_group_sets_its_own_end_and_ends_by_itself(world: World) -> None:
    group, code = await world.open_group(4)
    at = world.now + timedelta(days=40)
    assert await end(world, group) is None
    ballot = await proposed(world, group, at)
    assert (ballot.question, ballot.ends_at, ballot.application_id) == (Question.END_DATE, at, None)
    assert (await world.vote(ballot, group.members, FOR)).status is BallotStatus.ADOPTED
    assert await end(world, group) == at
    offers = world.do.admission.list_offers
    assert (await offers(Actor(), world.organisation, FIRST_PAGE)).items
    applicant, application = await world.applied(code)
    world.forward(days=30)
    await world.vote(await world.admission(group, application), group.members, FOR)
    world.forward(days=10)
    for who in (group.members[0], world.coordinator):
        assert (await world.do.groups.read_group(who, group.id)).phase is Phase.ENDED
    listed = world.do.groups.list_groups
    for phase, found in ((Phase.ENDED, 1), (Phase.MEETING, 0)):
        page = await listed(world.coordinator, world.organisation, FIRST_PAGE, phase=phase)
        assert len(page.items) == found
    assert not (await offers(Actor(), world.organisation, FIRST_PAGE)).items
    with pytest.raises(GroupHasEnded):
        await world.do.admission.accept_entry(applicant, application.id, world.signature())
    with pytest.raises(GroupHasEnded):
        await proposed(world, group, world.now + timedelta(days=40))
    with pytest.raises(GroupHasEnded):
        await world.do.groups.drop_end_date(group.members[0], group.id)
    await world.do.groups.leave_group(group.members[0], group.id)


@pytest.mark.rule("G-03")
@pytest.mark.parametrize("which", range(3))
async def test_any_one_member_drops_it_and_it_takes_the_group_to_set_it(world: World, which: int) -> None:
    group = await world.meeting(3)
    at = world.now + timedelta(days=40)
    await world.vote(await proposed(world, group, at, group.members[which]), group.members, FOR)
    before = await world.do.groups.drop_end_date(group.members[which], group.id)
    assert before.ends_at is None
    assert await world.do.groups.drop_end_date(group.members[which], group.id) == before
    world.forward(days=41)
    assert (await world.do.groups.read_group(group.members[0], group.id)).phase is not Phase.ENDED
    refused = await proposed(world, group, world.now + timedelta(days=40))
    await world.vote(refused, group.members, AGAINST, FOR)
    assert await end(world, group) is None


async def test_nobody_outside_sets_or_drops_an_end(world: World) -> None:
    group = await world.meeting(4, sign=False)
    unsigned = group.members.pop()
    await world.sign_all(group)
    at = world.now + timedelta(days=40)
    await world.vote(await proposed(world, group, at), group.members, FOR)
    for outsider in (world.coordinator, world.administrator, await world.registered("stranger")):
        with pytest.raises(GroupNotFound):
            await proposed(world, group, at, outsider)
        with pytest.raises(GroupNotFound):
            await world.do.groups.drop_end_date(outsider, group.id)
        if outsider is world.coordinator:
            assert (await world.do.groups.read_group(outsider, group.id)).ends_at is None
    with pytest.raises(DeclarationNeeded):
        await world.do.groups.drop_end_date(unsigned, group.id)
    assert await end(world, group) == at


async def test_an_end_lies_beyond_the_ballot_and_is_named(world: World) -> None:
    group = await world.meeting(3)
    with pytest.raises(EndTooSoon):
        await proposed(world, group, world.now + timedelta(days=13))
    open_ballot = world.do.admission.open_ballot
    with pytest.raises(SubjectMismatch):
        await open_ballot(group.members[0], group.id, Question.END_DATE)
    with pytest.raises(SubjectMismatch):
        await open_ballot(
            group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, ends_at=world.now + timedelta(days=40)
        )


async def test_one_ballot_at_a_time_for_each_question(world: World) -> None:
    group = await world.meeting(3)
    at = world.now + timedelta(days=40)
    tries = [proposed(world, group, at + timedelta(days=n), group.members[n]) for n in range(3)]
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(item).__name__ for item in found) == ["BallotUnderWay", "BallotUnderWay", "BallotView"]
    await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    with pytest.raises(BallotUnderWay):
        await proposed(world, group, at)


@pytest.mark.rule("A-03")
async def test_a_new_generation_voids_the_question_and_keeps_what_was_decided(world: World) -> None:
    group, code = await world.open_group(3)
    at = world.now + timedelta(days=80)
    await world.vote(await proposed(world, group, at), group.members, FOR)
    other = await proposed(world, group, at + timedelta(days=30))
    newcomer = await world.admitted(group, code)
    seen = await world.do.admission.read_ballot(newcomer, other.id)
    assert seen.status is BallotStatus.VOID
    assert await end(world, group) == at
    assert (await world.do.groups.drop_end_date(newcomer, group.id)).ends_at is None


async def test_after_its_end_a_group_plans_nothing_and_may_take_back_what_it_had_planned(
    world: World,
) -> None:
    group = await world.meeting(3)
    one, other, third = group.members
    do, at = world.do.meetings, world.now + timedelta(days=40)
    await world.vote(await proposed(world, group, at), group.members, FOR)
    planned = await do.plan_meeting(one, group.id, at + timedelta(days=7), "Library")
    weekly = datetime.fromisoformat((at + timedelta(days=3)).strftime("%Y-%m-%dT18:00"))
    await do.plan_series(one, group.id, weekly, "Library")
    world.forward(days=41)
    later = world.now + timedelta(days=9)
    attempts = (
        lambda: do.plan_meeting(other, group.id, later, "Library"),
        lambda: do.plan_series(other, group.id, later.replace(tzinfo=None), "Library"),
        lambda: do.move_meeting(other, planned.id, planned.version, later, "Church"),
    )
    for attempt in attempts:
        with pytest.raises(GroupHasEnded):
            await attempt()
    await do.end_series(third, group.id)
    cancelled = await do.cancel_meeting(other, planned.id)
    assert cancelled.status is MeetingStatus.CANCELLED
