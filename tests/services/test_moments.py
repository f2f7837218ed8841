"""What a group is told at the moments of its life: around its first meeting, before its second, when somebody has left."""

from datetime import timedelta

import pytest

from app.domain.guidance.card import Moment
from app.domain.shared.actor import Actor
from tests.support.world import Made, World


async def _told(world: World, actor: Actor, group: Made) -> list[Moment]:
    page = await world.do.groups.read_group(actor, group.id)
    if actor in group.members:
        assert [page] == await world.do.groups.list_my_groups(actor)
    return page.guidance


async def _has_cards(world: World, actor: Actor, moment: Moment) -> bool:
    return bool(await world.do.guidance.list_cards(actor, moment=moment))


async def test_the_first_two_meetings_each_have_their_words(world: World) -> None:
    group = await world.forming(5)
    member = group.members[0]
    at = world.now + timedelta(days=5)
    await world.do.meetings.plan_meeting(world.coordinator, group.id, at, "Library")
    assert await _told(world, member, group) == [Moment.BEFORE_FIRST_MEETING]
    world.forward(days=4, hours=1)
    assert await _told(world, member, group) == [Moment.BEFORE_FIRST_MEETING, Moment.FIRST_MEETING]
    world.forward(days=1)
    for each in group.members:
        assert await _told(world, each, group) == [Moment.FIRST_MEETING]
    assert await _told(world, world.coordinator, group) == []
    world.forward(days=1)
    assert await _told(world, member, group) == [], "nobody has planned the second"
    await world.do.meetings.plan_meeting(member, group.id, world.now + timedelta(days=6), "Library")
    assert await _told(world, member, group) == [Moment.SECOND_MEETING]
    assert await _has_cards(world, member, Moment.FIRST_MEETING)
    assert await _has_cards(world, member, Moment.SECOND_MEETING)
    world.forward(days=6, hours=1)
    assert await _told(world, member, group) == []


@pytest.mark.rule("L-02")
async def test_l02_whoever_stays_is_told_that_leaving_stirs_a_group_for_two_weeks(world: World) -> None:
    group = await world.meeting(7, seats=8)
    leaver, *left = group.members
    world.forward(days=2)
    assert await _told(world, left[0], group) == []
    await world.do.groups.leave_group(leaver, group.id)
    world.forward(days=13)
    for each in left:
        assert await _told(world, each, group) == [Moment.SOMEBODY_LEAVES]
    assert await _told(world, world.coordinator, group) == [], "staff learn nothing of it"
    assert await _has_cards(world, left[0], Moment.SOMEBODY_LEAVES)
    world.forward(days=2)
    assert await _told(world, left[0], group) == []
