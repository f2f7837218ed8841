"""Sending: each message once, never two workers at the same, nothing lost, and what a mail server says is believed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.admission.ballot import Question
from app.domain.messages.kind import MessageKind
from app.domain.messages.message import MessageState
from app.services.messages.send_due_messages import GIVES_UP_AFTER
from app.services.ports.carrier import Letter, NotNow, RefusedForGood
from tests.support.messages_world import Postman, address_of, all_want, sender, sent_to, teller, told, wants
from tests.support.own_database import database_url as database_url
from tests.support.own_database import service as service
from tests.support.own_database import settings as settings
from tests.support.world import Made, World


async def _group_with_a_ballot(world: World, people: int = 3) -> Made:
    group = await world.meeting(people)
    await all_want(world, group.members, MessageKind.BALLOT_OPEN)
    await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    return group


async def _until_done(world: World, postman: Postman) -> None:
    send = sender(world, postman)
    while await send.run_once():
        pass


async def test_everybody_is_told_once_however_often_it_runs(world: World) -> None:
    group = await _group_with_a_ballot(world, 5)
    postman = Postman()
    for _ in range(3):
        await _until_done(world, postman)
        world.forward(minutes=16)
    got = [len(postman.got(member)) for member in group.members]
    assert got == [1, 1, 1, 1, 1]
    assert len({each.id for each in postman.carried}) == len(postman.carried)


async def test_two_workers_at_once_send_nothing_twice(world: World) -> None:
    """And neither do two that look at the same person at the same time, as after a lease that ran out."""
    group = await _group_with_a_ballot(world, 5)
    both_are_there = asyncio.Barrier(2)

    async def slow(_letter: Letter) -> None:
        await asyncio.sleep(0)

    postman = Postman(slow)

    async def look(actor_index: int) -> None:
        await both_are_there.wait()
        member = group.members[actor_index]
        await teller(world, postman)(world.organisation, member.person_id)

    for index in range(5):
        await asyncio.gather(look(index), look(index))
    assert [len(postman.got(member)) for member in group.members] == [1, 1, 1, 1, 1]
    world.forward(days=12, hours=1)
    await asyncio.gather(*(_until_done(world, postman) for _ in range(3)))
    assert [len(postman.got(member)) for member in group.members] == [2, 2, 2, 2, 2]


async def test_whoever_is_taken_is_given_to_nobody_else_for_a_while(world: World) -> None:
    group = await _group_with_a_ballot(world, 5)
    ours = {(world.organisation, member.person_id) for member in group.members}
    assert world.service.send is not None
    desks = world.service.send.desks
    taken = [each for some in await asyncio.gather(*(desks.claim(3) for _ in range(40))) for each in some]
    assert len(taken) == len(set(taken)), "nobody is given to two"
    for _ in range(20):
        taken += await desks.claim(50)
    assert ours <= set(taken)
    assert len(taken) == len(set(taken))
    world.forward(minutes=6)
    again = [each for _ in range(20) for each in await desks.claim(50)]
    assert ours <= set(again), "whoever took them may have been killed"


async def test_killed_after_handing_over_it_comes_again_under_the_same_id_and_then_no_more(
    world: World,
) -> None:
    group = await _group_with_a_ballot(world)
    member = group.members[0]
    seen: list[Letter] = []

    async def takes_it_and_the_worker_dies(letter: Letter) -> None:
        seen.append(letter)
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await told(world, Postman(takes_it_and_the_worker_dies), member)
    (message,) = await sent_to(world, member)
    assert message.state is MessageState.SENDING
    postman = Postman()
    await told(world, postman, member)
    assert postman.carried == [], "not at once: the other one may still be at it"
    world.forward(minutes=3)
    for _ in range(3):
        await told(world, postman, member)
    assert [each.id for each in postman.carried] == [seen[0].id]
    (message,) = await sent_to(world, member)
    assert message.state is MessageState.SENT


async def test_killed_before_handing_over_it_is_not_lost(world: World) -> None:
    group = await _group_with_a_ballot(world)
    member = group.members[0]

    async def dies(_letter: Letter) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await sender(world, Postman(dies)).run_once()
    world.forward(minutes=6)  # whoever was taken is free again after five
    postman = Postman()
    await _until_done(world, postman)
    assert len(postman.got(member)) == 1


async def test_a_server_that_fails_is_asked_again_after_growing_pauses_until_it_is_too_late(
    world: World,
) -> None:
    group = await _group_with_a_ballot(world)
    member, attempts = group.members[0], 0

    async def fails(_letter: Letter) -> None:
        nonlocal attempts
        attempts += 1
        raise NotNow

    postman = Postman(fails)
    counts = []
    for minutes in (0, 1, 2, 5, 10, 30, 60):
        world.forward(minutes=minutes)
        await told(world, postman, member)
        counts.append(attempts)
    assert counts == [1, 1, 2, 2, 3, 4, 5]
    world.forward(days=15)
    await told(world, postman, member)
    assert attempts == 5
    (message,) = await sent_to(world, member)
    assert message.state is MessageState.TOO_LATE


async def test_a_permanent_refusal_stops_that_message_and_no_other(world: World) -> None:
    group = await _group_with_a_ballot(world)
    member, attempts = group.members[0], 0

    async def no_such_user(_letter: Letter) -> None:
        nonlocal attempts
        attempts += 1
        raise RefusedForGood

    postman = Postman(no_such_user)
    for _ in range(3):
        await told(world, postman, member)
        world.forward(hours=1)
    (message,) = await sent_to(world, member)
    assert (attempts, message.state) == (1, MessageState.REFUSED)
    world.forward(days=12)
    postman = Postman()
    await told(world, postman, member)
    assert len(postman.carried) == 1, "the next message is tried anew"


async def test_a_server_that_is_not_there_ends_the_round(world: World) -> None:
    await _group_with_a_ballot(world, 5)
    attempts = 0

    async def down(_letter: Letter) -> None:
        nonlocal attempts
        attempts += 1
        raise NotNow

    assert not await sender(world, Postman(down)).run_once()
    assert attempts == GIVES_UP_AFTER


async def test_whoever_takes_it_back_gets_nothing_that_had_begun(world: World) -> None:
    """The consent is read under the lock, at the moment of sending: not when it was found due."""
    group = await _group_with_a_ballot(world)
    member = group.members[0]
    postman = Postman()
    tell = teller(world, postman)
    found = await tell.occasions(replace(member), world.organisation)
    assert found
    await world.do.messages.drop_message(member, world.organisation, MessageKind.BALLOT_OPEN)
    assert await tell._begin(member, world.organisation, found[-1]) is None


async def test_who_is_gone_disturbs_nobody_else(world: World) -> None:
    group = await _group_with_a_ballot(world, 5)
    await wants(world, group.members[0], MessageKind.OUTCOME)
    plan = await world.do.keeping.plan_my_erasure(group.members[0])
    claimed = await sender(world, Postman()).desks.claim(50)
    assert (world.organisation, group.members[0].person_id) in claimed
    await world.do.keeping.erase_me(group.members[0], plan.confirmation)
    postman = Postman()
    world.forward(minutes=6)
    await _until_done(world, postman)
    assert [len(postman.got(each)) for each in group.members[1:]] == [1, 1, 1, 1]
    assert postman.got(group.members[0]) == []


async def test_one_whose_look_fails_keeps_no_other_from_theirs(world: World) -> None:
    group = await _group_with_a_ballot(world, 5)
    first = min(group.members, key=lambda each: each.person_id)  # looked at before the others

    async def fails_for_one(letter: Letter) -> None:
        if letter.address == address_of(first):
            raise ZeroDivisionError

    postman = Postman(fails_for_one)
    with pytest.raises(ZeroDivisionError):
        await sender(world, postman).run_once()
    assert sorted(len(postman.got(each)) for each in group.members) == [0, 1, 1, 1, 1]


async def test_what_is_past_its_time_goes(world: World) -> None:
    group = await _group_with_a_ballot(world)
    await told(world, Postman(), group.members[0])
    assert len(await sent_to(world, group.members[0])) == 1
    world.forward(days=14 + 91)
    ended = await world.service.retain.run()
    gone = {each.past.table: each.gone for each in ended if each.past.organisation == world.organisation}
    assert gone["message"] == 1
    assert await sent_to(world, group.members[0]) == []


async def test_the_next_look_is_when_something_is_due_or_in_five_minutes(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    await wants(world, member, MessageKind.MEETING_REMINDER)
    postman = Postman()
    await sender(world, postman).run_once()
    assert (world.organisation, member.person_id) not in await sender(world, postman).desks.claim(50)
    starts = world.now + timedelta(hours=24, minutes=2)
    await world.do.meetings.plan_meeting(member, group.id, starts, "Library")
    world.forward(minutes=5, seconds=5)
    await _until_done(world, postman)
    assert len(postman.got(member)) == 1
