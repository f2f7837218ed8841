"""Groups that start without a starter: convenors whose duty ends by itself, and groups that stand alone."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app.adapters.postgres.constraints import refusal_for
from app.bootstrap import Running
from app.domain.groups.convening import (
    NotANationalBody,
    OnlyConvenors,
    PlaceNotAccepted,
    StandsAlone,
    StarterHelps,
)
from app.domain.groups.errors import DeclarationNeeded, GroupIsClosed, GroupNotFound, PlacementNotFound
from app.domain.groups.group import Form, Origin
from app.domain.groups.standing import Standing
from app.domain.groups.waiting import NotWaiting
from app.domain.intake.outcome import IntakeNeeded
from app.domain.meetings.errors import MeetingNotFound, OnlyCoordinatorPlans
from app.domain.organisations.organisation import NotRegistered, Role
from app.domain.shared.actor import Actor
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.forming_world import (
    alone,
    ask,
    code_of,
    fix_first,
    join_alone,
    national_body,
    ready_at,
    seen_by,
)
from tests.support.world import Made, World


async def staff_nationally(world: World) -> Actor:
    """A coordinator of the national body, who has promised confidentiality there."""
    national = await national_body(world)
    actor = await world.person("national")
    await world.do.organisations.register(actor, national, "National")
    await world.do.organisations.grant_role(world.administrator, national, actor.person_id, Role.COORDINATOR)
    await world.do.organisations.sign_for_organisation(actor, national, world.signature())
    return actor


@pytest.mark.rule("G-22", "M-11", "M-12")
async def test_a_coordinator_names_those_who_invite_and_the_clock_takes_the_duty_away(world: World) -> None:
    group = await world.forming(3)
    found = await world.do.groups.list_placements(world.coordinator, group.id)
    with pytest.raises(OnlyCoordinatorPlans):
        await fix_first(world, group.members[0], group.id)
    mine = next(each for each in found if each.person_id == group.members[0].person_id)
    await world.do.groups.name_convenor(world.coordinator, mine.id)
    named = await world.do.groups.list_placements(world.coordinator, group.id)
    assert [each.person_id for each in named if each.convenor] == [group.members[0].person_id]
    await fix_first(world, group.members[0], group.id)
    assert [(await seen_by(world, each, group.id)).convening for each in group.members] == [
        True,
        False,
        False,
    ]
    with pytest.raises(OnlyCoordinatorPlans):
        await fix_first(world, group.members[1], group.id)
    with pytest.raises(
        GroupNotFound
    ):  # in an organisation's group they invite to the meeting; they don't compose
        await world.do.groups.list_placements(group.members[0], group.id)
    world.forward(hours=2)  # within the first meeting: the duty is there, but nothing that others can't do
    assert (await seen_by(world, group.members[0], group.id)).convening
    world.forward(hours=2)
    assert not any([(await seen_by(world, each, group.id)).convening for each in group.members])
    for each in group.members:
        await world.do.meetings.plan_meeting(each, group.id, world.now + timedelta(days=7), "Library")
    with pytest.raises(GroupIsClosed):
        await world.do.groups.name_convenor(world.coordinator, found[1].id)


@pytest.mark.rule("G-21", "G-22", "M-12")
async def test_who_can_be_named_and_how_the_duty_is_laid_down(world: World) -> None:
    group = await world.forming(3)
    found = await world.do.groups.list_placements(world.coordinator, group.id)
    places = {each.person_id: each.id for each in found}
    invited = await world.ready()
    open_place = await world.do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
    with pytest.raises(PlaceNotAccepted):
        await world.do.groups.name_convenor(world.coordinator, open_place.id)
    first, second, third = group.members
    for outsider in (first, await world.ready()):
        with pytest.raises(PlacementNotFound):
            await world.do.groups.name_convenor(outsider, places[first.person_id])
    for each in (first, second):
        await world.do.groups.name_convenor(world.coordinator, places[each.person_id])
    with pytest.raises(PlacementNotFound):
        await world.do.groups.relieve_convenor(third, places[first.person_id])
    await world.do.groups.relieve_convenor(first, places[first.person_id])  # one's own choice
    await world.do.groups.relieve_convenor(world.coordinator, places[second.person_id])
    assert not any([(await seen_by(world, each, group.id)).convening for each in group.members])
    version = (await seen_by(world, world.coordinator, group.id)).version or 0
    await world.do.groups.edit_group(
        world.coordinator, group.id, version, Form.PHONE, "Area", "nb", starter_helps=True
    )
    with pytest.raises(StarterHelps):
        await world.do.groups.name_convenor(world.coordinator, places[first.person_id])


@pytest.mark.rule("A-07", "G-22", "G-23", "G-24", "M-11", "M-12")
async def test_people_begin_a_group_by_themselves(world: World) -> None:
    group = await alone(world)
    seen = await seen_by(world, group.coordinator, group.id)
    assert (seen.origin, seen.convening, seen.starter_helps) == (Origin.STAND_ALONE, True, False)
    assert seen.my_standing is Standing.MEMBER
    for number in range(2):
        await join_alone(world, group, f"member{number}")
    await fix_first(world, group.coordinator, group.id)
    with pytest.raises(OnlyConvenors):
        await fix_first(world, group.members[1], group.id)
    with pytest.raises(OnlyConvenors):
        await world.do.groups.list_waiting(group.members[1], group.id, FIRST_PAGE)
    page = await world.do.meetings.list_meetings(group.members[1], group.id, FIRST_PAGE)
    assert [meeting.kind for meeting in page.items] == ["first_without_starter"]
    world.forward(hours=4)
    for each in group.members:  # all alike from now on
        assert not (await seen_by(world, each, group.id)).convening
        with pytest.raises(GroupIsClosed):
            await world.do.groups.list_placements(each, group.id)


@pytest.mark.rule("A-06", "A-07", "G-23", "I-01")
async def test_convenors_invite_whoever_has_asked_and_learn_nothing_of_anybodys_intake(world: World) -> None:
    group = await alone(world)
    code = await code_of(world, group.coordinator, group.id)
    silent = await ready_at(world, group.organisation, "silent")
    with pytest.raises(NotWaiting):
        await world.do.groups.invite_to_place(group.coordinator, group.id, silent.person_id)
    unready = await world.person("unready")
    await world.do.organisations.register(unready, group.organisation, "Unready")
    with pytest.raises(IntakeNeeded):  # told to the person alone, and when they ask
        await ask(world, unready, group.organisation, code)
    with pytest.raises(IntakeNeeded):
        await world.do.groups.begin_group(unready, group.organisation, Form.PHONE, "A", "nb", "Unready")
    with pytest.raises(NotRegistered):
        await world.do.groups.begin_group(
            await world.person(), group.organisation, Form.PHONE, "A", "nb", "Somebody"
        )
    with pytest.raises(NotANationalBody):
        await world.do.groups.begin_group(
            await world.ready(), world.organisation, Form.PHONE, "A", "nb", "Somebody"
        )
    version = (await seen_by(world, group.coordinator, group.id)).version or 0
    with pytest.raises(StandsAlone):
        await world.do.groups.edit_group(
            group.coordinator, group.id, version, Form.PHONE, "A", "nb", starter_helps=True
        )


@pytest.mark.rule("C-08", "M-12")
@pytest.mark.hazard("D-h1")
async def test_a_convenor_signs_before_seeing_anybody(world: World) -> None:
    national = await national_body(world)
    convenor = await ready_at(world, national)
    begun = await world.do.groups.begin_group(convenor, national, Form.PHONE, "A", "nb", "Convenor")
    with pytest.raises(DeclarationNeeded):
        await world.do.groups.list_waiting(convenor, begun.id, FIRST_PAGE)
    with pytest.raises(DeclarationNeeded):
        await fix_first(world, convenor, begun.id)


@pytest.mark.rule("G-18", "G-23", "M-12")
async def test_where_no_convenor_is_left_the_duty_is_everybodys(world: World) -> None:
    group = await alone(world, 3)
    convenor, second, third = group.members
    found = await world.do.groups.list_placements(convenor, group.id)
    place = next(each.id for each in found if each.person_id == second.person_id)
    await world.do.groups.name_convenor(convenor, place)
    await world.do.groups.leave_group(convenor, group.id)
    assert [(await seen_by(world, each, group.id)).convening for each in (second, third)] == [True, False]
    await world.do.groups.leave_group(second, group.id)
    assert (await seen_by(world, third, group.id)).convening
    made = Made(group.id, group.organisation, [third], third)
    await join_alone(world, made, "newcomer")


@pytest.mark.rule("G-02", "G-23", "O-01")
@pytest.mark.hazard("B-18")
async def test_the_national_bodys_people_have_no_right_in_it(world: World) -> None:
    staff = await staff_nationally(world)
    group = await alone(world, 3)
    found = await world.do.groups.list_placements(group.coordinator, group.id)
    waiter = await ready_at(world, group.organisation, "waiter")
    await ask(world, waiter, group.organisation, await code_of(world, group.coordinator, group.id))
    await fix_first(world, group.coordinator, group.id)
    [first] = (await world.do.meetings.list_meetings(group.coordinator, group.id, FIRST_PAGE)).items
    do, at = world.do, world.now + timedelta(days=1)
    tried: list[Callable[[], Awaitable[object]]] = [
        lambda: do.groups.read_group(staff, group.id),
        lambda: do.groups.edit_group(staff, group.id, 1, Form.PHONE, "A", "nb"),
        lambda: do.groups.list_placements(staff, group.id),
        lambda: do.groups.invite_to_place(staff, group.id, waiter.person_id),
        lambda: do.groups.withdraw_invitation(staff, found[0].id),
        lambda: do.groups.name_convenor(staff, found[0].id),
        lambda: do.groups.relieve_convenor(staff, found[0].id),
        lambda: do.groups.list_waiting(staff, group.id, FIRST_PAGE),
        lambda: do.groups.read_group_offer(staff, group.id),
        lambda: do.groups.publish_offer(staff, group.id),
        lambda: do.groups.unpublish_offer(staff, group.id),
        lambda: do.meetings.list_meetings(staff, group.id, FIRST_PAGE),
        lambda: do.meetings.plan_meeting(staff, group.id, at, "Library"),
        lambda: do.meetings.move_meeting(staff, first.id, first.version, at, "Library"),
        lambda: do.meetings.cancel_meeting(staff, first.id),
    ]
    for hours in (0, 5):
        world.forward(hours=hours)
        for attempt in tried:
            with pytest.raises((GroupNotFound, PlacementNotFound, MeetingNotFound)):
                await attempt()
        page = await do.groups.list_groups(staff, group.organisation, FIRST_PAGE)
        assert group.id not in {each.id for each in page.items}


async def _as_service(
    service: Running, organisation: object, person: object, statement: str, *values: Any
) -> None:
    async with service.app_pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(f"select set_config('app.organisation', '{organisation}', true)")
            await connection.execute(f"select set_config('app.person', '{person}', true)")
            await connection.execute(statement, *values)
        finally:
            await transaction.rollback()


PLACE = (
    "insert into placement (organisation_id, id, group_id, person_id, invited_at, accepted_at)"
    " values ($1, gen_random_uuid(), $2, $3, now(), now())"
)
MEET = (
    "insert into meeting (organisation_id, id, group_id, starts_at, minutes, place, version)"
    " values ($1, gen_random_uuid(), $2, now() + interval '1 day', 120, 'Library', 1)"
)
MOVE = (
    "update meeting set starts_at = starts_at + interval '1 day' where organisation_id = $1 and group_id = $2"
)
ALONE = (
    "insert into self_help_group (organisation_id, id, form, area, language, seats, generation, generation_formed_at,"
    " application_code, created_at, version, origin) values ($1, gen_random_uuid(), 'phone', 'A', 'nb', 5, 1, now(),"
    " gen_random_uuid()::text, now(), 1, 'stand_alone')"
)


@pytest.mark.rule("A-01", "G-23", "M-12")
async def test_the_database_itself_lets_no_staff_compose_it(
    world: World, service: Running, look: Look
) -> None:
    staff = await staff_nationally(world)
    group = await alone(world, 3)
    await fix_first(world, group.coordinator, group.id)
    [named] = await look("select membership_id from convenor where group_id = $1", group.id)
    members = await look("select id from membership where group_id = $1 order by id", group.id)
    other = next(row["id"] for row in members if row["id"] != named["membership_id"])
    name = "insert into convenor values ($1, $2, $3, now())"
    at, convenor = group.organisation, group.coordinator.person_id
    forged = [(PLACE, (staff.person_id,)), (MEET, ()), (MOVE, ()), (name, (other,))]
    for statement, more in forged:
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await _as_service(service, at, staff.person_id, statement, at, group.id, *more)
        assert isinstance(refusal_for(refused.value), OnlyConvenors)
        await _as_service(service, at, convenor, statement, at, group.id, *more)  # the control
    change = "update self_help_group set origin = 'organisation' where organisation_id = $1 and id = $2"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _as_service(service, at, staff.person_id, change, at, group.id)
    with pytest.raises(asyncpg.CheckViolationError, match="national body"):
        await _as_service(service, world.organisation, world.coordinator.person_id, ALONE, world.organisation)
    begun = "update meeting set starts_at = now() - interval '1 hour' where group_id = $1"
    wait = "insert into waiting values ($1, $2, $3, 'A', now())"
    for statement, who in ((name, other), (wait, convenor)):
        async with service.app_pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(f"select set_config('app.organisation', '{at}', true)")
            await connection.execute(f"select set_config('app.person', '{convenor}', true)")
            await connection.execute(begun, group.id)
            with pytest.raises(asyncpg.CheckViolationError) as late:
                await connection.execute(statement, at, group.id, who)
            assert isinstance(refusal_for(late.value), GroupIsClosed)
            await transaction.rollback()


@pytest.mark.rule("G-20", "G-21")
def test_no_price_and_no_order_stand_anywhere(openapi_document: dict[str, Any]) -> None:
    from app.adapters.postgres.tables import metadata

    words = {column.name for table in metadata.tables.values() for column in table.columns} | set(
        metadata.tables
    )
    words |= _names(openapi_document)
    forbidden = (
        "price",
        "fee",
        "payment",
        "cost",
        "amount",
        "currency",
        "ordered_by",
        "compulsory",
        "mandat",
        "oblig",
    )
    parts = {part for word in words for part in word.lower().split("_")}
    assert not [
        word for word in parts if word in forbidden or word.startswith(("mandat", "oblig", "compuls"))
    ]
    assert {"referral", "referred"}.isdisjoint(parts)


@pytest.mark.hazard("G-h10")
def test_a_groups_composition_is_compared_with_nobody(openapi_document: dict[str, Any]) -> None:
    from app.adapters.postgres.tables import metadata

    stated = {"age_from", "age_to", "genders", "in_common"}
    keepers = {
        name for name, table in metadata.tables.items() if {column.name for column in table.columns} & stated
    }
    assert keepers == {"self_help_group"}
    bodies = openapi_document["components"]["schemas"]
    for name in ("AskForPlaceIn", "ApplyIn", "OpenBallotIn", "AcceptPlaceIn", "InviteToPlaceIn"):
        members = set(bodies[name]["properties"])
        assert not {word for word in members if "age" in word.split("_") or "gender" in word}, name


@pytest.fixture
def openapi_document() -> dict[str, Any]:
    """The document that is committed."""
    from pathlib import Path

    read: dict[str, Any] = json.loads(
        (Path(__file__).parents[2] / "openapi" / "openapi.json").read_text("utf-8")
    )
    return read


def _names(document: Any) -> set[str]:
    """Names of all properties and parameters."""
    found: set[str] = set()
    if isinstance(document, dict):
        if isinstance(document.get("properties"), dict):
            found |= set(document["properties"])
        if "in" in document and isinstance(document.get("name"), str):
            found.add(document["name"])
        for value in document.values():
            found |= _names(value)
    elif isinstance(document, list):
        for value in document:
            found |= _names(value)
    return found
