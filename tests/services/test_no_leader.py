"""No leader (G-h7), in the small: the property over random histories stands in `tests/parity/test_no_leader.py`."""

from datetime import timedelta

import pytest

from tests.support.world import World


@pytest.mark.hazard("G-h7")
async def test_g_h7_whoever_planned_a_meeting_has_no_more_say_in_it_than_others(world: World) -> None:
    group = await world.meeting(4)
    planner, other, *_ = group.members
    planned = await world.do.meetings.plan_meeting(
        planner, group.id, world.now + timedelta(days=7), "Library"
    )
    moved = await world.do.meetings.move_meeting(
        other, planned.id, planned.version, world.now + timedelta(days=8), "Church"
    )
    assert moved.place == "Church"
    await world.do.meetings.cancel_meeting(group.members[3], planned.id)
