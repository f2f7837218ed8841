"""Some weeks after its last starter has left, a group may look for a leader: its members are told of it, in time (X-13)."""

from datetime import timedelta

import pytest

from app.domain.guidance.card import Moment
from app.domain.shared.actor import Actor
from app.services.ports.paging import FIRST_PAGE
from tests.support.starters_world import assigned, first_planned, helped, planned
from tests.support.world import Made, World

pytestmark = pytest.mark.rule("X-13")


async def _told(world: World, actor: Actor, group: Made) -> bool:
    """Whether the group's page has these words for somebody; the list of their groups says the same."""
    page = await world.do.groups.read_group(actor, group.id)
    if actor in group.members:
        assert [page] == await world.do.groups.list_my_groups(actor)
    return Moment.AFTER_STARTER in page.guidance


async def test_x13_members_are_told_for_some_weeks_and_nobody_else_is(world: World) -> None:
    group, _, _ = await helped(world, max_meetings=1)
    member = group.members[0]
    assert not await _told(world, member, group)
    world.forward(hours=3)
    assert not await _told(world, member, group)
    world.forward(days=7)
    for each in group.members:
        assert await _told(world, each, group)
    assert not await _told(world, world.coordinator, group)
    cards = await world.do.guidance.list_cards(member, moment=Moment.AFTER_STARTER)
    assert "leader_hunt" in [card.key for card in cards]
    listed = await world.do.groups.list_groups(world.coordinator, world.organisation, FIRST_PAGE)
    assert [each.guidance for each in listed.items] == [[]]
    world.forward(days=82)
    assert await _told(world, member, group)
    world.forward(days=2)
    assert not await _told(world, member, group)


@pytest.mark.rule("X-11")
async def test_x11_members_are_prepared_for_the_starters_leaving_and_the_starter_is_told_nothing(
    world: World,
) -> None:
    group = await world.forming(4, seats=6)
    helper, _ = await assigned(
        world, group, latest_date=world.now.date() + timedelta(days=30), max_meetings=6
    )
    await first_planned(world, group)
    member = group.members[0]

    async def prepared(actor: Actor) -> bool:
        return Moment.STARTER_LEAVING in (await world.do.groups.read_group(actor, group.id)).guidance

    world.forward(hours=2)
    assert not await prepared(member)
    world.forward(days=17)
    assert await prepared(member)
    for other in (helper, world.coordinator):
        assert not await prepared(other)
    cards = await world.do.guidance.list_cards(member, moment=Moment.STARTER_LEAVING)
    assert "starter_leaving" in [card.key for card in cards]
    world.forward(days=14)
    assert not await prepared(member)


async def test_x13_it_is_the_last_starters_exit_that_counts(world: World) -> None:
    group = await world.forming(4, seats=6)
    await assigned(world, group, max_meetings=1)
    await assigned(world, group, max_meetings=2)
    await first_planned(world, group)
    world.forward(hours=1, minutes=5)
    await planned(world, group, 10)
    member = group.members[0]
    for days in (9, 7):  # the first of the two has been gone for more than a week
        world.forward(days=days)
        assert not await _told(world, member, group)
    world.forward(days=2)
    assert await _told(world, member, group)


async def test_x13_not_in_a_group_that_never_met_its_starter(world: World) -> None:
    group = await world.forming(4, seats=6)
    helper, view = await assigned(world, group)
    await world.do.starters.end_assignment(helper, view.id)
    world.forward(hours=1)
    await first_planned(world, group)
    world.forward(days=8)
    assert not await _told(world, group.members[0], group)
    without = await world.meeting(3)
    world.forward(days=8)
    assert not await _told(world, without.members[0], without)


async def test_x13_a_meeting_that_was_not_held_moves_it_as_it_moves_the_exit(world: World) -> None:
    group, _, _ = await helped(world, max_meetings=2, latest_date=world.now.date() + timedelta(days=20))
    member = group.members[0]
    second = await planned(world, group, 1)
    world.forward(days=7)
    await world.do.meetings.correct_meeting(member, second.id, False)
    world.forward(days=2)
    assert not await _told(world, member, group)
    world.forward(days=20)
    assert await _told(world, member, group)
