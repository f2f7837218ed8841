"""Seats: no two people get the last one, and none is kept longer than somebody may come (B-01, B-02, G-h3, G-07)."""

import asyncio

import pytest

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import OfferExpired, SeatReserved
from app.domain.shared.actor import Actor
from app.services.admission.views import ApplicationView
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import Made, World


async def free_seats(world: World, group: Made) -> int | None:
    return (await world.do.groups.read_group(group.members[0], group.id)).free_seats


async def offered_groups(world: World) -> int:
    return len((await world.do.admission.list_offers(Actor(), world.organisation, FIRST_PAGE)).items)


async def offer(world: World, group: Made, code: str) -> tuple[Actor, ApplicationView]:
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    assert (await world.vote(ballot, group.members)).status is BallotStatus.ADOPTED
    return newcomer, application


@pytest.mark.hazard("B-01")
async def test_b01_two_ballots_at_once_for_one_free_seat(world: World) -> None:
    group, code = await world.open_group(5, seats=6)
    (_, one), (_, other) = await world.applied(code, "One"), await world.applied(code, "Other")
    found = await asyncio.gather(
        world.admission(group, one), world.admission(group, other), return_exceptions=True
    )
    assert sorted(type(item).__name__ for item in found) == ["BallotView", "SeatReserved"]
    assert await free_seats(world, group) == 0
    assert await offered_groups(world) == 1  # the public list tells nothing of ballots, entries or seats


@pytest.mark.hazard("B-02")
@pytest.mark.parametrize("end", ["not_adopted", "lapsed", "withdrawn", "declined", "expired"])
async def test_b02_a_kept_seat_is_free_again_when_nobody_comes(world: World, end: str) -> None:
    group, code = await world.open_group(5, seats=6)
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    assert await free_seats(world, group) == 0
    if end == "not_adopted":
        await world.vote(ballot, group.members, Choice.AGAINST)
    elif end == "lapsed":
        world.forward(days=14, hours=1)
    elif end == "withdrawn":
        await world.do.admission.withdraw_application(newcomer, application.id)
    else:
        await world.vote(ballot, group.members)
        assert await free_seats(world, group) == 0
        if end == "declined":
            await world.do.admission.decline_entry(newcomer, application.id)
        else:
            world.forward(days=14, hours=1)
            with pytest.raises(OfferExpired):
                await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert await free_seats(world, group) == 1
    assert await offered_groups(world) == 1
    _, next_one = await world.applied(code, "Next")
    assert (await world.admission(group, next_one)).status is BallotStatus.OPEN


@pytest.mark.hazard("B-02")
async def test_b02_an_offer_that_was_withdrawn_by_its_applicant_keeps_no_seat(world: World) -> None:
    group, code = await world.open_group(5, seats=6)
    newcomer, application = await offer(world, group, code)
    await world.do.admission.withdraw_application(newcomer, application.id)
    assert await free_seats(world, group) == 1


@pytest.mark.hazard("B-02")
async def test_b02_whoever_accepts_sits_on_the_seat_that_was_kept(world: World) -> None:
    group, code = await world.open_group(5, seats=6)
    newcomer, application = await offer(world, group, code)
    await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert await free_seats(world, group) == 0
    assert await offered_groups(world) == 1  # the public list tells nothing of ballots, entries or seats


@pytest.mark.rule("G-07")
async def test_g07_a_full_group_opens_no_ballot_on_one_more(world: World) -> None:
    group, code = await world.open_group(5, seats=6)
    _, waiting = await world.applied(code, "Waiting")
    newcomer, application = await offer(world, group, code)
    await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    await world.sign_all(group)
    with pytest.raises(SeatReserved):
        await world.admission(group, waiting)


@pytest.mark.hazard("G-h3")
async def test_g_h3_two_placements_for_the_last_seat(world: World) -> None:
    group = await world.forming(2, seats=3, sign=False)
    places = []
    for name in ("one", "other"):
        actor = await world.ready(name)
        placement = await world.do.groups.invite_to_place(world.coordinator, group.id, actor.person_id)
        places.append(world.do.groups.accept_place(actor, placement.id, name))
    found = await asyncio.gather(*places, return_exceptions=True)
    assert sorted(type(item).__name__ for item in found) == ["GroupView", "NoFreeSeat"]


async def test_a_seat_that_somebody_left_is_free(world: World) -> None:
    group = await world.meeting(6, seats=6)
    assert await free_seats(world, group) == 0
    await world.do.groups.leave_group(group.members.pop(), group.id)
    assert await free_seats(world, group) == 1
