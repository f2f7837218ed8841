"""A group that hasn't met for long: its members are told, nobody else is, and nothing is taken from it (G-h9)."""

from datetime import timedelta

import pytest

from app.domain.groups.group import Phase
from app.domain.guidance.card import Moment
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import World

pytestmark = pytest.mark.hazard("G-h9")


async def test_its_members_see_it_with_words_for_it_and_staff_see_a_group_that_meets(world: World) -> None:
    await world.policy(dormant_after_days=21)
    group = await world.meeting(5)
    member, do = group.members[0], world.do
    world.forward(days=20, hours=22)
    awake = await do.groups.read_group(member, group.id)
    assert (awake.phase, awake.guidance) == (Phase.MEETING, [])
    world.forward(hours=2)
    for who in group.members:
        quiet = await do.groups.read_group(who, group.id)
        assert (quiet.phase, quiet.guidance) == (Phase.DORMANT, [Moment.LONG_SILENCE])
    (mine,) = await do.groups.list_my_groups(member)
    assert mine == await do.groups.read_group(member, group.id)
    staff = await do.groups.read_group(world.coordinator, group.id)
    assert (staff.phase, staff.guidance) == (Phase.MEETING, [])
    for phase, found in ((Phase.MEETING, 1), (Phase.DORMANT, 0)):
        page = await do.groups.list_groups(world.coordinator, world.organisation, FIRST_PAGE, phase=phase)
        assert len(page.items) == found
    # Nothing is closed to it: it plans, and with a meeting in sight nobody has to ask any more.
    await do.meetings.plan_meeting(member, group.id, world.now + timedelta(hours=1), "Library")
    assert (await do.groups.read_group(member, group.id)).phase is Phase.MEETING
    world.forward(hours=2)
    assert (await do.groups.read_group(member, group.id)).phase is Phase.MEETING


async def test_a_meeting_that_was_not_held_wakes_nobody(world: World) -> None:
    await world.policy(dormant_after_days=21)
    group = await world.meeting(3)
    one, other, _ = group.members
    at = world.now + timedelta(days=20)
    planned = await world.do.meetings.plan_meeting(one, group.id, at, "Library")
    world.forward(days=22)
    assert (await world.do.groups.read_group(one, group.id)).guidance == [Moment.FEW_MEMBERS]
    await world.do.meetings.correct_meeting(other, planned.id, False)
    seen = await world.do.groups.read_group(one, group.id)
    assert (seen.phase, seen.guidance) == (Phase.DORMANT, [Moment.FEW_MEMBERS, Moment.LONG_SILENCE])
