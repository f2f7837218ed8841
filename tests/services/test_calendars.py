"""Calendars live and die with what they show, as the tables stand when they are asked for."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.groups.errors import GroupNotFound
from app.domain.shared.actor import ANONYMOUS, Actor
from app.domain.shared.errors import NotFound, PersonNeeded
from app.services.meetings.calendar_views import CalendarView
from tests.services.conftest import Look
from tests.support.canaries import IN_MY_OWN_WORDS, marked
from tests.support.meetings_world import meetings, membership, weekly
from tests.support.starters_world import helped, planned
from tests.support.world import World


async def opened(world: World, url: str) -> CalendarView:
    token = url.rsplit("/", 1)[1].removesuffix(".ics")
    return await world.do.meetings.open_calendar(ANONYMOUS, token)


async def is_dead(world: World, url: str) -> bool:
    try:
        await opened(world, url)
    except NotFound:
        return True
    return False


async def test_of_the_address_nothing_is_kept_but_a_hash(world: World, look: Look) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    made = await world.do.meetings.make_group_calendar(member, group.id)
    token = made.url.rsplit("/", 1)[1].removesuffix(".ics")
    kept = await look("select a.*, k.* from calendar_address a join calendar_key k on k.id = a.key_id")
    assert kept
    assert token not in str([dict(row) for row in kept])
    state = await world.do.meetings.read_group_calendar(member, group.id)
    assert state.since == made.since


@pytest.mark.rule("G-18")
async def test_leaving_ends_it_at_once(world: World, look: Look) -> None:
    group = await world.meeting(3)
    leaver = group.members[2]
    own = (await world.do.meetings.make_my_calendar(leaver)).url
    url = (await world.do.meetings.make_group_calendar(leaver, group.id)).url
    other = (await world.do.meetings.make_group_calendar(group.members[0], group.id)).url
    assert (await opened(world, own)).entries
    await world.do.groups.leave_group(leaver, group.id)
    rows = "select 1 from calendar_address where person_id = $1 and group_id = $2"
    assert not await look(rows, leaver.person_id, group.id), "nothing keeps that they were there"
    assert (await opened(world, own)).entries == [], "their own goes on, without that group"
    assert await is_dead(world, url)
    with pytest.raises(GroupNotFound):
        await world.do.meetings.make_group_calendar(leaver, group.id)
    assert not await is_dead(world, other)


@pytest.mark.rule("G-18")
async def test_an_exclusion_ends_it_as_soon_as_it_is_due(world: World, look: Look) -> None:
    group = await world.meeting(4)
    out = group.members[3]
    own = (await world.do.meetings.make_my_calendar(out)).url
    url = (await world.do.meetings.make_group_calendar(out, group.id)).url
    ballot = await world.do.admission.open_ballot(
        group.members[0], group.id, Question.EXCLUSION, member_id=await membership(world, group, out)
    )
    await world.vote(ballot, group.members[:3], Choice.FOR)
    assert await is_dead(world, url)
    assert (await opened(world, own)).entries == []
    rows = "select 1 from calendar_address where person_id = $1 and group_id = $2"
    assert not await look(rows, out.person_id, group.id), "whoever asks by a dead address takes it away"


@pytest.mark.rule("A-01", "G-18")
async def test_coming_back_does_not_revive_it(world: World) -> None:
    group, code = await world.open_group(4)
    out, others = group.members[3], group.members[:3]
    own = (await world.do.meetings.make_my_calendar(out)).url
    url = (await world.do.meetings.make_group_calendar(out, group.id)).url
    ballot = await world.do.admission.open_ballot(
        group.members[0], group.id, Question.EXCLUSION, member_id=await membership(world, group, out)
    )
    await world.vote(ballot, others, Choice.FOR)
    again = await world.do.admission.apply(
        out, world.organisation, code, "Again", IN_MY_OWN_WORDS, marked("Again")
    )
    await world.vote(await world.admission(group, again), others)
    await world.do.admission.accept_entry(out, again.id, world.signature())
    state = await world.do.meetings.read_group_calendar(out, group.id)
    assert state.since is None
    assert await is_dead(world, url), "nobody has asked meanwhile, and their membership is another one now"
    assert (await opened(world, own)).entries


@pytest.mark.rule("X-10")
async def test_a_starters_calendar_ends_with_their_exit(world: World) -> None:
    group, actor, _ = await helped(world, max_meetings=2)
    own = (await world.do.meetings.make_my_calendar(actor)).url
    url = (await world.do.meetings.make_group_calendar(actor, group.id)).url
    last = await planned(world, group, 7)
    after = await planned(world, group, 14)
    for each in (own, url):
        starts = [entry.starts_at for entry in (await opened(world, each)).entries]
        assert last.starts_at in starts
        assert after.starts_at not in starts, "when the group meets without them, it keeps"
    world.forward(days=7, hours=3)
    assert await is_dead(world, url)
    assert (await opened(world, own)).entries == []


async def test_who_is_erased_has_none_any_more(world: World, look: Look) -> None:
    group = await world.meeting(4)
    member = group.members[3]
    urls = [
        (await world.do.meetings.make_my_calendar(member)).url,
        (await world.do.meetings.make_group_calendar(member, group.id)).url,
    ]
    told = await world.do.keeping.plan_my_erasure(member)
    assert "calendar_address" in str(told)
    await world.do.keeping.erase_me(member, told.confirmation)
    assert [await is_dead(world, url) for url in urls] == [True, True]
    for table in ("calendar_address", "calendar_key"):
        assert not await look(f"select 1 from {table} where person_id = $1", member.person_id)


async def test_of_two_that_are_made_at_once_one_opens(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    for make in (
        lambda: world.do.meetings.make_my_calendar(member),
        lambda: world.do.meetings.make_group_calendar(member, group.id),
    ):
        made = await asyncio.gather(*(make() for _ in range(6)))
        assert len({each.url for each in made}) == 6
        assert [await is_dead(world, each.url) for each in made].count(False) == 1


async def test_it_is_of_people_in_the_group_alone(world: World) -> None:
    group = await world.meeting(3)
    stranger = await world.ready()
    for actor in (stranger, world.coordinator):
        for use in (
            world.do.meetings.make_group_calendar,
            world.do.meetings.read_group_calendar,
            world.do.meetings.remove_group_calendar,
        ):
            with pytest.raises(GroupNotFound):
                await use(actor, group.id)
    for actor in (ANONYMOUS, Actor(issuer="x", subject="y", is_system=True)):
        with pytest.raises(PersonNeeded):
            await world.do.meetings.make_my_calendar(actor)
    url = (await world.do.meetings.make_my_calendar(stranger)).url
    assert (await opened(world, url)).entries == []
    state = await world.do.meetings.read_group_calendar(group.members[1], group.id)
    assert state.since is None


async def test_a_calendar_that_is_asked_for_goes_on(world: World) -> None:
    """Nobody opens the app any more, and the calendar still tells of the group's meetings: asking writes them ahead."""
    group = await world.meeting(3)
    await weekly(world, group, then_every_weeks=1)
    url = (await world.do.meetings.make_my_calendar(group.members[1])).url
    world.forward(days=150)
    found = (await opened(world, url)).entries
    assert max(each.starts_at for each in found) > world.now + timedelta(days=120)
    assert min(each.starts_at for each in found) > world.now - timedelta(days=32)
    listed = [each.starts_at for each in await meetings(world, group, upcoming=True)]
    assert [each.starts_at for each in found if each.starts_at > world.now] == listed


async def test_a_rhythm_that_gives_way_is_told_as_cancelled(world: World) -> None:
    group = await world.meeting(3)
    await weekly(world, group)
    url = (await world.do.meetings.make_my_calendar(group.members[1])).url
    before = {each.uid for each in (await opened(world, url)).entries if not each.is_cancelled}
    await world.do.meetings.end_series(group.members[0], group.id)
    after = (await opened(world, url)).entries
    assert {each.uid for each in after} == before
    coming = [each for each in after if each.starts_at > world.now]
    assert coming
    assert all(each.is_cancelled and each.sequence == 1 for each in coming)
