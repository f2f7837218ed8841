"""Groups that form: offers, the waiting list, what is stated and what is advised."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.groups.advice import FormingAdvice
from app.domain.groups.composition import Composition, CompositionOutOfBounds, Genders
from app.domain.groups.errors import (
    AlreadyMember,
    GroupIsClosed,
    GroupNotFound,
    NoFreeSeat,
)
from app.domain.groups.group import Form, Origin
from app.domain.groups.waiting import NotWaiting
from app.domain.intake.outcome import IntakeNeeded
from app.domain.meetings.errors import TooFewForAFirstMeeting
from app.domain.organisations.organisation import NotRegistered
from app.services.admission.views import OfferKind, OfferView
from app.services.groups.forming_views import WaitingState
from app.services.ports.paging import FIRST_PAGE, PageRequest
from tests.parity.scene import NOBODY
from tests.services.conftest import Look
from tests.support.forming_world import ask, code_of, fix_first, list_of, seen_by
from tests.support.world import World


async def offers(world: World, kind: OfferKind | None = None) -> list[OfferView]:
    found = await world.do.admission.list_offers(NOBODY, world.organisation, FIRST_PAGE, kind=kind)
    return found.items


@pytest.mark.rule("O-02", "G-12", "G-13", "G-14", "G-22", "G-27", "M-17")
async def test_a_published_group_is_offered_as_it_states_itself(world: World) -> None:
    stated = Composition(age_from=20, age_to=30, genders=Genders.WOMEN, in_common="Students")
    group = await world.do.groups.form_group(
        world.coordinator,
        world.organisation,
        Form.PHONE,
        "Fjordby",
        "da",
        composition=stated,
        starter_helps=True,
    )
    assert await offers(world) == []
    await world.do.groups.publish_offer(world.coordinator, group.id)
    [offer] = await offers(world)
    assert (offer.kind, offer.theme, offer.form, offer.area) == (
        OfferKind.FORMING,
        None,
        Form.PHONE,
        "Fjordby",
    )
    assert (offer.language, offer.starter_helps, offer.first_meeting_on) == ("da", True, None)
    assert (offer.composition.age_from, offer.composition.in_common) == (20, "Students")
    assert offer.composition.genders is Genders.WOMEN
    taken_down = await world.do.groups.unpublish_offer(world.coordinator, group.id)
    assert (taken_down.published, await offers(world)) == (False, [])


@pytest.mark.rule("O-02", "G-24")
@pytest.mark.hazard("B-18")
async def test_the_list_does_not_move_with_places_and_ends_with_the_first_meeting(world: World) -> None:
    group = await world.forming(2, seats=3)
    await world.do.groups.publish_offer(world.coordinator, group.id)
    before = await offers(world)
    await world.place(group, "third")
    assert await offers(world) == before  # full by now, and nobody can tell
    await fix_first(world, world.coordinator, group.id)
    [offer] = await offers(world, OfferKind.FORMING)
    assert offer.first_meeting_on is not None
    assert not hasattr(offer, "first_meeting_at")
    world.forward(hours=2)
    assert await offers(world) == []
    with pytest.raises(GroupIsClosed):
        await world.do.groups.publish_offer(world.coordinator, group.id)


async def test_both_sorts_of_offers_stand_side_by_side(world: World) -> None:
    await world.open_group(3)
    forming = await world.forming(0)
    await world.do.groups.publish_offer(world.coordinator, forming.id)
    assert {offer.kind for offer in await offers(world)} == set(OfferKind)
    for kind in OfferKind:
        assert [offer.kind for offer in await offers(world, kind)] == [kind]


@pytest.mark.rule("A-07", "G-21")
async def test_people_ask_themselves_and_are_invited_in_order(world: World) -> None:
    group = await world.forming(0)
    code = await code_of(world, world.coordinator, group.id)
    first, second, third = [await world.ready(name) for name in ("first", "second", "third")]
    for each in (first, second, third, first):  # asking again keeps the place in the order
        await ask(world, each, world.organisation, code)
    waiting = await list_of(world, world.coordinator, group.id)
    assert [entry.person_id for entry in waiting] == [each.person_id for each in (first, second, third)]
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, first.person_id)
    assert [entry.state for entry in await list_of(world, world.coordinator, group.id)] == [
        WaitingState.INVITED, WaitingState.WAITING, WaitingState.WAITING,
    ]  # fmt: skip
    await world.do.groups.accept_place(first, placement.id, "First")
    with pytest.raises(AlreadyMember):
        await ask(world, first, world.organisation, code)
    await world.do.groups.withdraw_wish(second, group.id)
    with pytest.raises(NotWaiting):
        await world.do.groups.withdraw_wish(second, group.id)
    assert [entry.person_id for entry in await list_of(world, world.coordinator, group.id)] == [
        third.person_id
    ]
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, third.person_id)
    await world.do.groups.decline_place(third, placement.id)
    assert await list_of(world, world.coordinator, group.id) == []


async def test_the_list_comes_in_pages(world: World) -> None:
    group = await world.forming(0)
    code = await code_of(world, world.coordinator, group.id)
    people = [await world.ready() for _ in range(3)]
    for each in people:
        await ask(world, each, world.organisation, code)
    read = world.do.groups.list_waiting
    page = await read(world.coordinator, group.id, PageRequest(limit=2))
    rest = await read(world.coordinator, group.id, PageRequest(limit=2, after=page.after))
    assert [len(page.items), len(rest.items), rest.after] == [2, 1, None]
    assert [each.person_id for each in (*page.items, *rest.items)] == [each.person_id for each in people]


@pytest.mark.rule("A-01", "A-07")
@pytest.mark.hazard("B-18")
async def test_the_list_ends_with_the_first_meeting_and_nothing_of_it_is_kept(
    world: World, look: Look
) -> None:
    group = await world.forming(3, seats=3)
    code = await code_of(world, world.coordinator, group.id)
    waiter, other = await world.ready(), await world.forming(0)
    await ask(world, waiter, world.organisation, code)
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, waiter.person_id)
    with pytest.raises(NoFreeSeat):  # full: whoever waits goes on waiting
        await world.do.groups.accept_place(waiter, placement.id, "Waiter")
    assert len(await list_of(world, world.coordinator, group.id)) == 1
    assert [view.state for view in await world.do.groups.list_my_waiting(waiter)] == [WaitingState.INVITED]
    await fix_first(world, world.coordinator, group.id)
    world.forward(hours=2)
    assert await world.do.groups.list_my_waiting(waiter) == []
    with pytest.raises(GroupIsClosed):
        await list_of(world, world.coordinator, group.id)
    with pytest.raises(GroupIsClosed):
        await ask(world, waiter, world.organisation, code)
    await ask(world, waiter, world.organisation, await code_of(world, world.coordinator, other.id))
    rows = await look("select group_id from waiting where person_id = $1", waiter.person_id)
    assert [row["group_id"] for row in rows] == [other.id]


@pytest.mark.rule("A-06", "A-07", "I-01")
async def test_who_may_ask_and_who_may_be_invited(world: World) -> None:
    group = await world.forming(0)
    code = await code_of(world, world.coordinator, group.id)
    with pytest.raises(NotRegistered):
        await ask(world, await world.person(), world.organisation, code)
    registered = await world.registered()
    with pytest.raises(GroupNotFound):
        await ask(world, registered, world.organisation, "a" * 24)
    await ask(world, registered, world.organisation, code)  # before any conversation
    with pytest.raises(IntakeNeeded):
        await world.do.groups.invite_to_place(world.coordinator, group.id, registered.person_id)
    for outsider in (registered, await world.registered()):
        with pytest.raises(GroupNotFound):
            await list_of(world, outsider, group.id)
        with pytest.raises(GroupNotFound):
            await world.do.groups.read_group_offer(outsider, group.id)
        with pytest.raises(GroupNotFound):
            await world.do.groups.publish_offer(outsider, group.id)


@pytest.mark.rule("G-05", "G-06", "G-09", "G-10", "G-11", "G-22", "R-09", "V-09")
@pytest.mark.hazard("G-h10")
async def test_advice_is_shown_and_stands_in_nobodys_way(world: World) -> None:
    group = await world.forming(3)
    version = (await seen_by(world, world.coordinator, group.id)).version or 0
    stated = Composition(age_from=20, age_to=70, genders=Genders.MEN)
    await world.do.groups.edit_group(
        world.coordinator,
        group.id,
        version,
        Form.IN_PERSON,
        "Area",
        "nb",
        composition=stated,
        starter_helps=True,
    )
    offer = await world.do.groups.publish_offer(world.coordinator, group.id)
    assert {hint.code for hint in offer.advice} == {
        FormingAdvice.WIDE_AGE_SPAN, FormingAdvice.ONE_GENDER, FormingAdvice.TWO_STARTERS,
    }  # fmt: skip
    assert all(hint.text for hint in offer.advice)
    await fix_first(world, world.coordinator, group.id)
    await world.place(
        group, "anybody"
    )  # whoever they are: nothing about them is known, and nothing is compared
    offer = await world.do.groups.read_group_offer(world.coordinator, group.id)
    assert FormingAdvice.FEW_AT_THE_START in {hint.code for hint in offer.advice}
    await world.policy(age_span_hint=60)
    offer = await world.do.groups.read_group_offer(world.coordinator, group.id)
    assert FormingAdvice.WIDE_AGE_SPAN not in {hint.code for hint in offer.advice}


@pytest.mark.rule("G-08", "G-12")
async def test_no_group_calls_for_people_below_the_age_of_its_organisation(world: World) -> None:
    form = world.do.groups.form_group
    for stated in (Composition(age_from=17), Composition(age_to=17)):
        with pytest.raises(CompositionOutOfBounds):
            await form(world.coordinator, world.organisation, Form.PHONE, "Area", "nb", composition=stated)


@pytest.mark.rule("G-12", "G-17")
async def test_what_is_left_out_stays_and_members_describe_their_own_group(world: World) -> None:
    group = await world.forming(3)
    edit, stated = world.do.groups.edit_group, Composition(in_common="Students")
    version = (await seen_by(world, world.coordinator, group.id)).version or 0
    await edit(world.coordinator, group.id, version, Form.PHONE, "Area", "nb", None, stated, True)
    seen = await edit(world.coordinator, group.id, version + 1, Form.PHONE, "Area", "nb")
    assert (seen.composition.in_common, seen.starter_helps, seen.origin) == (
        "Students",
        True,
        Origin.ORGANISATION,
    )
    await fix_first(world, world.coordinator, group.id)
    world.forward(hours=2)
    member = group.members[0]
    seen = await edit(member, group.id, version + 2, Form.PHONE, "Area", "nb", None, Composition())
    assert seen.composition.in_common is None
    with pytest.raises(GroupIsClosed):
        await edit(member, group.id, version + 3, Form.PHONE, "Area", "nb", None, None, False)


@pytest.mark.rule("G-06", "G-24", "R-02")
async def test_enough_to_fix_the_first_meeting_and_fewer_at_the_start_block_nothing(world: World) -> None:
    group = await world.forming(2)
    with pytest.raises(TooFewForAFirstMeeting):
        await fix_first(world, world.coordinator, group.id)
    group.members.append(await world.place(group, "third"))
    await fix_first(world, world.coordinator, group.id)
    await world.do.groups.leave_group(group.members.pop(), group.id)
    await world.do.groups.leave_group(group.members.pop(), group.id)
    world.forward(hours=2)
    seen = await seen_by(world, group.members[0], group.id)
    assert (seen.phase, seen.vulnerable) == ("meeting", True)
    await world.do.meetings.plan_meeting(group.members[0], group.id, world.now + timedelta(days=7), "Library")


@pytest.mark.rule("G-07")
@pytest.mark.hazard("G-h3", "B-01")
async def test_many_at_once_for_the_last_seats(world: World) -> None:
    group = await world.forming(1, seats=3, sign=False)
    code = await code_of(world, world.coordinator, group.id)
    people = [await world.ready(f"person{number}") for number in range(6)]
    await asyncio.gather(*(ask(world, each, world.organisation, code) for each in people))
    accepting = []
    for number, each in enumerate(people):
        placement = await world.do.groups.invite_to_place(world.coordinator, group.id, each.person_id)
        accepting.append(world.do.groups.accept_place(each, placement.id, f"Alias {number}"))
    found = await asyncio.gather(*accepting, return_exceptions=True)
    assert sorted(type(item).__name__ for item in found) == ["GroupView"] * 2 + ["NoFreeSeat"] * 4
    assert (await seen_by(world, world.coordinator, group.id)).member_count == 3
    assert len(await list_of(world, world.coordinator, group.id)) == 4
