"""The next meetings of many groups are the same as the meetings of each, told by one statement."""

from datetime import timedelta

from app.domain.meetings.meeting import MeetingKind
from app.services.meetings.views import MeetingView
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import Made, World


async def planned(world: World, group: Made, *days: int) -> list[MeetingView]:
    plan = world.do.meetings.plan_meeting
    return [
        await plan(group.members[0], group.id, world.now + timedelta(days=day), "Library") for day in days
    ]


async def test_as_the_list_of_each_group(world: World) -> None:
    group, code = await world.open_group(4, seats=8)
    await planned(world, group, 1)
    world.forward(days=2)
    _, cancelled, _ = await planned(world, group, 7, 3, 5)
    await world.do.meetings.cancel_meeting(group.members[0], cancelled.id)
    await world.admitted(group, code)
    await world.sign_all(group)
    await planned(world, group, 42, 14, 35, 28, 21)
    other = await world.meeting(3)
    await planned(world, other, 2)

    me, member = group.members[0], other.members[0]
    upcoming = await world.do.meetings.list_upcoming(me, [group.id, other.id], 5)
    listed = await world.do.meetings.list_meetings(me, group.id, FIRST_PAGE)
    to_come = [meeting for meeting in listed.items if meeting.status == "planned"]
    assert upcoming == {group.id: to_come[:5], other.id: []}
    assert len(to_come) == 7
    assert upcoming[group.id][0].kind is MeetingKind.NEW_GENERATION
    assert upcoming[group.id][1].kind is MeetingKind.ORDINARY
    theirs = await world.do.meetings.list_upcoming(member, [other.id], 5)
    assert [meeting.kind for meeting in theirs[other.id]] == [MeetingKind.SECOND]


async def test_a_person_s_groups_bring_their_meetings_along(world: World) -> None:
    group = await world.meeting(3)
    await planned(world, group, 2, 9)
    me, do = group.members[0], world.do
    found: dict[object, list[MeetingView]] = {}

    async def also(tx: object, groups: object) -> None:
        standings = {view.id: view.my_standing for view in groups}  # type: ignore[attr-defined]
        found.update(await do.meetings.list_upcoming.among(tx, standings, 5, ()))  # type: ignore[arg-type]

    assert [view.id for view in await do.groups.list_my_groups(me, also)] == [group.id]
    assert found == await do.meetings.list_upcoming(me, [group.id], 5)
    assert len(found[group.id]) == 2
