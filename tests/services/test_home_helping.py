"""The home of a starter, and of whoever waits for a place: as much as they may know, as long as they may know it."""

import json
from dataclasses import asdict
from datetime import timedelta

import pytest

from app.domain.admission.ballot import Question
from app.domain.shared.actor import Actor
from app.domain.starters.assignment import AssignmentStatus
from app.services.people.home_views import HomeView
from tests.support.forming_world import ask, code_of
from tests.support.starters_world import assigned, first_planned, helped, left, planned
from tests.support.world import World


async def home(world: World, actor: Actor) -> HomeView:
    """The first screen of somebody."""
    found = (await world.do.people.read_me(actor)).home
    assert found is not None
    return found


@pytest.mark.rule("X-04", "X-10", "X-11")
@pytest.mark.hazard("S-h1")
async def test_x10_a_group_is_on_the_starters_screen_until_the_exit_and_no_longer(world: World) -> None:
    group = await world.forming(3, seats=6)
    actor, view = await assigned(world, group, max_meetings=2)
    (mine,) = (await home(world, actor)).helping
    assert (mine.id, mine.group_id, mine.theme) == (view.id, group.id, "Grief")
    assert (mine.status, mine.ends_at, mine.next_meeting) == (AssignmentStatus.ACTIVE, view.ends_at, None)
    first = await first_planned(world, group)
    (mine,) = (await home(world, actor)).helping
    assert mine.next_meeting is not None
    assert (mine.next_meeting.id, mine.next_meeting.place, mine.next_meeting.is_first) == (
        first.id,
        "Library",
        True,
    )
    world.forward(hours=2)
    second, third = await planned(world, group, 7), await planned(world, group, 14)
    found = await home(world, actor)
    (mine,) = found.helping
    assert mine.next_meeting is not None
    assert (mine.next_meeting.id, mine.next_meeting.is_first) == (second.id, False)
    assert mine.ends_at == second.ends_at
    assert (found.groups, found.meetings) == ([], [])
    told = json.dumps(asdict(found), default=str)
    assert str(third.id) not in told
    assert [each for each in group.members if str(each.person_id) in told] == []
    assert [name for name in ("member0", "member1", "member2") if name in told] == []
    world.forward(days=7, minutes=5)  # in the second meeting: what comes after isn't theirs to know
    (mine,) = (await home(world, actor)).helping
    assert mine.next_meeting is None
    world.forward(hours=3)
    assert (await home(world, actor)).helping == []
    assert (await home(world, group.members[0])).helping == []


@pytest.mark.hazard("S-h5")
async def test_s_h5_an_assignment_that_rests_says_so_and_no_more(world: World) -> None:
    _, actor, view = await helped(world)
    await planned(world, (await helped(world))[0])
    await world.policy(suspend_starter_on_lapse=True)
    assert [each.status for each in (await home(world, actor)).helping] == [AssignmentStatus.ACTIVE]
    await world.do.volunteers.resign_as_volunteer(actor, world.organisation)
    (mine,) = (await home(world, actor)).helping
    assert (mine.id, mine.status) == (view.id, AssignmentStatus.RESTING)
    assert (mine.group_id, mine.theme, mine.form, mine.next_meeting) == (None, None, None, None)
    assert mine.ends_at > view.ends_at - timedelta(days=1)


@pytest.mark.rule("X-06")
@pytest.mark.hazard("B-13", "S-h2")
async def test_s_h2_a_longer_stay_shows_once_it_is_decided(world: World) -> None:
    group, actor, view = await helped(world, max_meetings=2)
    second, third = await planned(world, group, 20), await planned(world, group, 27)

    async def ends_at() -> object:
        (mine,) = (await home(world, actor)).helping
        return mine.ends_at

    for votes, end in ((group.members[:1], second.ends_at), (group.members, third.ends_at)):
        ballot = await world.do.admission.open_ballot(
            group.members[0],
            group.id,
            Question.LONGER_STAY,
            assignment_id=view.id,
            max_meetings=3,
            window_days=8,
        )
        assert await ends_at() == second.ends_at
        await world.vote(ballot, votes)
        world.forward(days=8.5)  # the first one lapses, counted by whoever looks
        assert await ends_at() == end


@pytest.mark.rule("X-07")
async def test_x07_a_visit_is_time_and_place_until_it_ends(world: World) -> None:
    group, actor, view = await left(world)
    member = group.members[0]
    back = await planned(world, group, 7)
    assert (await home(world, actor)).visits == []
    invited = await world.do.starters.invite_visitor(member, view.id, back.id)
    found = await home(world, actor)
    (visit,) = found.visits
    assert (visit.id, visit.assignment_id, visit.starts_at, visit.place) == (
        invited.id,
        view.id,
        back.starts_at,
        "Church",
    )
    assert found.helping == []
    assert (await home(world, member)).visits == []
    world.forward(days=7, hours=1)
    assert len((await home(world, actor)).visits) == 1
    world.forward(hours=2)
    assert (await home(world, actor)).visits == []


@pytest.mark.rule("A-07")
async def test_a_wish_for_a_place_until_the_group_begins(world: World) -> None:
    group = await world.forming(3, seats=6)
    actor = await world.ready("waiting")
    assert (await home(world, actor)).waiting == []
    await ask(world, actor, world.organisation, await code_of(world, world.coordinator, group.id))
    found = await home(world, actor)
    (wish,) = found.waiting
    assert (wish.group_id, wish.alias, wish.theme, wish.invited) == (group.id, "Havella", "Grief", False)
    assert (await home(world, group.members[0])).waiting == []
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, actor.person_id)
    found = await home(world, actor)
    assert [each.invited for each in found.waiting] == [True]
    assert [each.placement_id for each in found.offers] == [placement.id]
    await world.do.groups.withdraw_invitation(world.coordinator, placement.id)
    await first_planned(world, group)
    assert [each.invited for each in (await home(world, actor)).waiting] == [False]
    world.forward(hours=2)
    assert (await home(world, actor)).waiting == []
