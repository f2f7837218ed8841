"""Series of meetings: the group's own, there with no job running, and never doubled."""

import asyncio
import itertools
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.groups.errors import GroupNotFound
from app.domain.meetings.advice import MeetingAdvice
from app.domain.meetings.errors import (
    FirstMeetingStands,
    MeetingInThePast,
    OnlyCoordinatorPlans,
    OnlyMembersPlan,
    SeriesAfterFirst,
    SeriesNotFound,
    SeriesOver,
    SeriesStands,
)
from app.domain.meetings.meeting import MeetingKind, MeetingStatus
from app.domain.meetings.place import PlaceType
from app.domain.shared.errors import Invalid, Stale
from tests.services.conftest import Look
from tests.support.meetings_world import meetings, ordinary, weekly
from tests.support.world import World

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.rule("M-01", "M-02", "M-04", "M-14")
async def test_a_series_is_there_at_once(world: World) -> None:
    group = await world.meeting(3)
    series = await weekly(world, group)
    assert (series.weekly_meetings, series.then_every_weeks, series.minutes) == (4, 2, 120)
    assert [text.split("RRULE:")[1] for text in series.recurrence] == [
        "FREQ=WEEKLY;COUNT=4",
        "FREQ=WEEKLY;INTERVAL=2",
    ]
    ahead = await meetings(world, group, upcoming=True)
    assert 13 <= len(ahead) <= 16
    assert all(meeting.in_series and meeting.minutes == 120 for meeting in ahead)
    days = [meeting.starts_at.astimezone(OSLO).date() for meeting in ahead]
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
    assert gaps == [7] * 3 + [14] * (len(days) - 4)
    assert [meeting.kind for meeting in ahead[:2]] == [MeetingKind.SECOND, MeetingKind.ORDINARY]
    seen = await world.do.groups.read_group(group.members[1], group.id)
    assert seen.next_meeting is not None
    assert seen.next_meeting.id == ahead[0].id


@pytest.mark.rule("M-06", "G-17", "M-12")
async def test_the_rhythm_is_the_members_own(world: World) -> None:
    forming = await world.forming(3)
    with pytest.raises(OnlyCoordinatorPlans):
        await weekly(world, forming)
    asked = {"first_local": (world.now + timedelta(days=2)).replace(tzinfo=None), "place": "Library"}
    with pytest.raises(SeriesAfterFirst):
        await world.do.meetings.plan_series(world.coordinator, forming.id, **asked)
    first = world.now + timedelta(hours=1)
    await world.do.meetings.plan_meeting(world.coordinator, forming.id, first, "Library")
    with pytest.raises(FirstMeetingStands):
        await world.do.meetings.plan_meeting(world.coordinator, forming.id, first, "Library")
    world.forward(hours=2)
    with pytest.raises(OnlyMembersPlan):
        await world.do.meetings.plan_series(world.coordinator, forming.id, **asked)
    stranger = await world.ready()
    with pytest.raises(GroupNotFound):
        await world.do.meetings.plan_series(stranger, forming.id, **asked)
    with pytest.raises(SeriesNotFound):
        await world.do.meetings.read_series(stranger, forming.id)
    with pytest.raises(SeriesNotFound):
        await world.do.meetings.end_series(forming.members[0], forming.id)
    planned = await weekly(world, forming)
    with pytest.raises(SeriesStands):
        await weekly(world, forming)
    for who in (world.coordinator, stranger):
        with pytest.raises(OnlyMembersPlan if who is world.coordinator else GroupNotFound):
            await world.do.meetings.change_series(who, forming.id, planned.version, **asked)
    last = forming.members[2]
    changed = await world.do.meetings.change_series(last, forming.id, planned.version, **asked)
    with pytest.raises(Stale):
        await world.do.meetings.change_series(last, forming.id, planned.version, **asked)
    assert (await world.do.meetings.end_series(forming.members[1], forming.id)).ended
    with pytest.raises(SeriesOver):
        await world.do.meetings.change_series(last, forming.id, changed.version + 1, **asked)


@pytest.mark.rule("G-17", "M-06")
async def test_a_new_rhythm_leaves_what_was_done_by_hand(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    series = await weekly(world, group)
    first, second, third, *rest = await meetings(world, group, upcoming=True)
    await world.do.meetings.cancel_meeting(member, second.id)
    moved = await world.do.meetings.move_meeting(
        member, third.id, third.version, third.starts_at + timedelta(hours=3), "Church", 90, PlaceType.CHURCH
    )
    assert (moved.in_series, moved.place_type) == (False, PlaceType.CHURCH)
    at = first.starts_at.astimezone(OSLO).replace(tzinfo=None)
    changed = await world.do.meetings.change_series(
        member, group.id, series.version, at, "Chapel", weekly_meetings=0, then_every_weeks=1, minutes=60
    )
    assert changed.version == series.version + 1
    ahead = await meetings(world, group, upcoming=True)
    assert [meeting.starts_at for meeting in ahead].count(second.starts_at) == 0
    assert [meeting.starts_at for meeting in ahead].count(third.starts_at) == 0
    assert [meeting.place for meeting in ahead if meeting.id == third.id] == ["Church"]
    assert {meeting.place for meeting in ahead if meeting.in_series} == {"Chapel"}
    assert first.id in {meeting.id for meeting in ahead}, "the same start is the same meeting"
    assert rest[0].id in {meeting.id for meeting in ahead}
    assert len(ahead) >= 25
    assert (await world.do.meetings.read_meeting(member, second.id)).status is MeetingStatus.CANCELLED


async def test_ending_takes_what_nobody_touched_and_planning_anew_brings_it_back(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    first = (world.now + timedelta(days=2)).replace(tzinfo=None, second=0, microsecond=0)
    await weekly(world, group, first_local=first)
    before = await meetings(world, group, upcoming=True)
    await world.do.meetings.end_series(member, group.id)
    await world.do.meetings.end_series(member, group.id)
    assert await meetings(world, group, upcoming=True) == []
    assert len(await meetings(world, group)) == 1, "what has given way stands in no list"
    gone = await world.do.meetings.read_meeting(member, before[0].id)
    assert gone.status is MeetingStatus.CANCELLED
    assert (await world.do.meetings.read_series(member, group.id)).ended
    again = await weekly(world, group, first_local=first)
    assert not again.ended
    assert [meeting.id for meeting in await meetings(world, group, upcoming=True)] == [
        meeting.id for meeting in before
    ]


async def test_it_goes_on_by_being_looked_at(world: World, look: Look) -> None:
    """No job runs: whoever looks at meetings writes the next ones, once, and a hundred looks at once do it once."""
    group = await world.meeting(3)
    await weekly(world, group, then_every_weeks=1)
    last = (await meetings(world, group, upcoming=True))[-1].starts_at
    world.forward(days=100)
    seen = await asyncio.gather(*(meetings(world, group, upcoming=True) for _ in range(6)))
    assert all(len(each) == len(seen[0]) for each in seen)
    assert seen[0][-1].starts_at > last + timedelta(days=80)
    slots = "select count(*) from meeting where group_id = $1 and slot_at is not null"
    written = await look(slots, group.id)
    await meetings(world, group)
    assert await look(slots, group.id) == written
    held = [
        each for each in await meetings(world, group) if each.status is MeetingStatus.HELD and each.in_series
    ]
    assert len(held) == 15, "each that has begun counts as held"
    world.forward(days=70)
    await world.do.meetings.read_meeting(group.members[1], held[0].id)
    assert (await look(slots, group.id))[0]["count"] > written[0]["count"]
    read = await world.do.meetings.read_series(group.members[1], group.id)
    assert not read.ended


@pytest.mark.hazard("G-h9")
async def test_a_group_that_nobody_looks_at_stops_meeting(world: World) -> None:
    group = await world.meeting(3)
    await weekly(world, group)
    world.forward(days=190)
    seen = await world.do.groups.read_group(group.members[0], group.id)
    assert seen.next_meeting is None
    assert await meetings(world, group, upcoming=True), "and meets again once somebody does"


@pytest.mark.rule("G-16")
async def test_the_group_may_mean_to_stop(world: World) -> None:
    group = await world.meeting(3)
    first = (world.now + timedelta(days=2)).replace(tzinfo=None, second=0, microsecond=0)
    until = first.date() + timedelta(days=14)
    await weekly(world, group, first_local=first, until=until)
    assert len(await meetings(world, group, upcoming=True)) == 3
    with pytest.raises(Invalid):
        await world.do.meetings.change_series(
            group.members[0], group.id, 1, first, "Library", until=date(2020, 1, 1)
        )
    await world.do.meetings.change_series(group.members[0], group.id, 1, first, "Library", until=None)
    assert len(await meetings(world, group, upcoming=True)) > 10
    with pytest.raises(MeetingInThePast):
        await world.do.meetings.change_series(
            group.members[0], group.id, 2, first - timedelta(days=30), "Library"
        )


@pytest.mark.rule("M-03", "M-05", "M-17", "M-19")
@pytest.mark.hazard("M-h8")
async def test_advice_is_shown_and_stands_in_nobodys_way(world: World) -> None:
    group, neighbours = await world.meeting(3), await world.meeting(3)
    at = ordinary(world.now + timedelta(days=40))
    theirs = await world.do.meetings.plan_meeting(
        neighbours.members[0], neighbours.id, at + timedelta(hours=1), "LIBRARY room 2"
    )
    assert theirs.advice is not None
    assert [hint.code for hint in theirs.advice] == [MeetingAdvice.LONG_GAP]
    ours = await world.do.meetings.plan_meeting(group.members[0], group.id, at, "Library Room 2", 150)
    assert ours.advice is not None
    assert [hint.code for hint in ours.advice] == [
        MeetingAdvice.LONG_MEETING,
        MeetingAdvice.LONG_GAP,
        MeetingAdvice.ROOM_TAKEN,
    ]
    assert "150" in ours.advice[0].text
    assert str(neighbours.id) not in str(ours.advice)
    apart = await world.do.meetings.move_meeting(
        group.members[0], ours.id, ours.version, at + timedelta(hours=3), "Library Room 2"
    )
    assert apart.advice is not None
    assert MeetingAdvice.ROOM_TAKEN not in {hint.code for hint in apart.advice}
    home = await world.do.meetings.move_meeting(
        group.members[0], ours.id, apart.version, at, "Library Room 2", 120, PlaceType.PRIVATE_HOME
    )
    assert home.advice is not None
    assert [hint.code for hint in home.advice] == [MeetingAdvice.LONG_GAP, MeetingAdvice.PRIVATE_HOME]
    assert [each.advice for each in await meetings(world, group)] == [None, None]


@pytest.mark.hazard("M-h8")
async def test_holidays_of_the_country_are_told_in_the_readers_language(world: World) -> None:
    group = await world.meeting(3)
    christmas = world.now.replace(month=12, day=25, hour=17, year=world.now.year + 1)
    planned = await world.do.meetings.plan_meeting(group.members[0], group.id, christmas, "Library")
    assert planned.advice is not None
    [hint] = [each for each in planned.advice if each.code is MeetingAdvice.PUBLIC_HOLIDAY]
    assert f"{christmas.year}-12-25" in hint.text
    assert "Christmas" in hint.text
    first = christmas.replace(tzinfo=None, second=0, microsecond=0) - timedelta(days=7)
    series = await weekly(world, group, first_local=first, then_every_weeks=4, minutes=130)
    codes = [each.code for each in series.advice]
    assert codes[:2] == [MeetingAdvice.LONG_MEETING, MeetingAdvice.LONG_GAP]
    named = [each.text for each in series.advice if each.code is MeetingAdvice.PUBLIC_HOLIDAY]
    assert [text for text in named if f"{christmas.year}-12-25" in text] or christmas - world.now > timedelta(
        weeks=26
    )


@pytest.mark.hazard("M-h6", "D-h1")
async def test_a_home_or_a_link_is_for_whoever_has_signed(world: World) -> None:
    group = await world.forming(4, sign=False)
    signer, unsigned = group.members[0], group.members[1]
    await world.do.groups.sign_declaration(signer, group.id, world.signature())
    soon = world.now + timedelta(hours=1)
    planned = await world.do.meetings.plan_meeting(
        world.coordinator, group.id, soon, "https://meet.example/secret", 120, PlaceType.ONLINE
    )
    seen = await world.do.meetings.read_meeting(unsigned, planned.id)
    assert (seen.place, seen.place_type, seen.starts_at, seen.advice) == (
        None,
        PlaceType.ONLINE,
        planned.starts_at,
        None,
    )
    assert (await world.do.meetings.read_meeting(signer, planned.id)).place is not None
    assert (await world.do.meetings.read_meeting(world.coordinator, planned.id)).place is not None
    page = await world.do.groups.read_group(unsigned, group.id)
    assert page.next_meeting is not None
    assert page.next_meeting.place is None
    [mine] = await world.do.groups.list_my_groups(unsigned)
    assert "secret" not in str(mine)
    moved = await world.do.meetings.move_meeting(
        world.coordinator, planned.id, planned.version, soon, "Library", 120, PlaceType.LIBRARY
    )
    assert (await world.do.meetings.read_meeting(unsigned, moved.id)).place == "Library"
    page = await world.do.groups.read_group(unsigned, group.id)
    assert page.next_meeting is not None
    assert page.next_meeting.place == "Library"
    world.forward(hours=2)
    await weekly(world, group, place="Somebody's home", place_type=PlaceType.PRIVATE_HOME)
    seen_series = await world.do.meetings.read_series(unsigned, group.id)
    assert (seen_series.place, seen_series.advice) == (None, [])
    assert [each.place for each in (await meetings(world, group))[1:3]] == ["Somebody's home"] * 2
