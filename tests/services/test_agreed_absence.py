"""Whoever can't come is told how the group has agreed to say so, and whether it was later: without any consequence."""

from datetime import timedelta

import pytest

from app.domain.groups.ground_rules import AbsenceChannel, Agreement
from app.domain.meetings.errors import MeetingNotFound
from app.services.meetings.table_views import AbsenceView
from tests.services.test_ground_rules import adopted
from tests.support.world import Made, World

pytestmark = [pytest.mark.rule("N-02", "N-05"), pytest.mark.hazard("M-h4")]


async def agree(world: World, group: Made, agreement: Agreement) -> None:
    """The group adopts these ground rules."""
    rules = await world.do.groups.draft_ground_rules(group.members[0], group.id, agreement)
    await adopted(world, group, rules.id)


async def said(world: World, group: Made, hours: float) -> AbsenceView:
    """A member says that they can't come to a meeting that begins in so many hours."""
    member, begins = group.members[0], world.now + timedelta(hours=hours)
    planned = await world.do.meetings.plan_meeting(member, group.id, begins, "Library")
    view = await world.do.meetings.note_absence(member, planned.id)
    assert await world.do.meetings.list_absences(member, planned.id) == [view]
    (others,) = await world.do.meetings.list_absences(group.members[1], planned.id)
    assert (others.agreed, others.later_than_agreed, others.late) == (None, None, None)
    return view


async def test_n02_a_member_is_told_what_the_group_has_agreed(world: World) -> None:
    group = await world.meeting(3)
    nothing = await said(world, group, 30)
    assert (nothing.agreed, nothing.later_than_agreed) == (None, None)
    await agree(world, group, Agreement(absence_channel=AbsenceChannel.TEXT_MESSAGE, absence_hours=4))
    for hours, later in ((40.0, False), (4.01, False), (3.9, True)):
        view = await said(world, group, hours)
        assert (view.late, view.later_than_agreed) == (False, later)
        assert view.agreed is not None
        assert (view.agreed.channel, view.agreed.hours) == (AbsenceChannel.TEXT_MESSAGE, 4)
        assert "text message" in view.agreed.in_words
        assert "4 hours" in view.agreed.in_words
    page = await world.do.groups.read_group(group.members[0], group.id)
    assert (page.my_standing, page.member_count) == ("member", 3)


async def test_n02_each_part_may_be_missing(world: World) -> None:
    group = await world.meeting(3)
    await agree(world, group, Agreement(absence_channel=AbsenceChannel.PHONE_CALL))
    view = await said(world, group, 1)
    assert view.later_than_agreed is None
    assert view.agreed is not None
    assert (view.agreed.channel, view.agreed.hours) == (AbsenceChannel.PHONE_CALL, None)
    await agree(world, group, Agreement(absence_hours=0))
    view = await said(world, group, 0.5)
    assert view.later_than_agreed is False
    assert view.agreed is not None
    assert view.agreed.in_words.startswith("Your group has agreed to say it before the meeting begins")
    await agree(world, group, Agreement(rhythm="Weekly"))
    view = await said(world, group, 0.25)
    assert (view.agreed, view.later_than_agreed) == (None, None)


@pytest.mark.rule("G-15", "C-01")
async def test_g15_who_has_not_signed_says_it_too_and_sees_no_ground_rules(world: World) -> None:
    group = await world.meeting(4, sign=False)
    unsigned = group.members.pop()
    await world.sign_all(group)
    await agree(world, group, Agreement(absence_channel=AbsenceChannel.IN_APP, absence_hours=24))
    begins = world.now + timedelta(hours=2)
    planned = await world.do.meetings.plan_meeting(group.members[0], group.id, begins, "Library")
    view = await world.do.meetings.note_absence(unsigned, planned.id)
    assert (view.late, view.agreed, view.later_than_agreed) == (False, None, None)
    with pytest.raises(MeetingNotFound):
        await world.do.meetings.note_absence(world.coordinator, planned.id)
