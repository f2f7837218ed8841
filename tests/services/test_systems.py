"""Systems: who lets them in, what they reach, and that without an account they reach nothing, in SQL, too."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.adapters.postgres.reading import enter_as_system
from app.bootstrap import Running
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError, PersonNeeded, Stale
from app.domain.systems.account import SystemScope, SystemState
from app.domain.systems.errors import (
    IssuerUnknown,
    NumberWrong,
    ScopeNeeded,
    SystemKnown,
    SystemNotAdmitted,
    SystemNotFound,
    SystemRevoked,
    TimeOutOfBounds,
)
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.courses_world import course_of
from tests.support.intake_world import wishes, worker
from tests.support.systems_world import MUNICIPALITY, STRANGER, SUPPLIER, let_in, machine, municipal
from tests.support.world import ISSUER, Travel, World


async def refused_alike(world: World, *systems: Actor) -> None:
    """Each of these systems hears the same, whatever it asks, and whatever it asks about."""
    course = await course_of(world)
    heard = set()
    for system in systems:
        for ask in (
            world.do.intake.give_recommendation(system, world.organisation),
            world.do.intake.list_recommendations(system, world.organisation, FIRST_PAGE),
            world.do.courses.list_courses(system, world.organisation, FIRST_PAGE),
            world.do.courses.read_course(system, course.id),
            world.do.systems.read_own_system(system, world.organisation),
        ):
            with pytest.raises(SystemNotAdmitted) as refused:
                await ask
            heard.add((refused.value.code, refused.value.pointer, tuple(refused.value.facts)))
    assert len(heard) == 1


async def test_an_administrator_lets_a_system_in_and_nobody_else(world: World) -> None:
    system = machine(f"system-{world.organisation}")
    account = await let_in(world, system)
    assert (account.state, account.last_used_at, account.version) == (SystemState.ACTIVE, None, 1)
    outsiders = [await worker(world, role) for role in Role if role is not Role.ADMINISTRATOR]
    outsiders.append(await world.registered())
    for outsider in outsiders:
        with pytest.raises(NotStaff):
            await let_in(replace_administrator(world, outsider), machine("another"))
        with pytest.raises(NotStaff):
            await world.do.systems.list_systems(outsider, world.organisation, FIRST_PAGE)
        for ask in (world.do.systems.read_system, world.do.systems.revoke_system):
            with pytest.raises(SystemNotFound):
                await ask(outsider, account.id)
    for ask in (world.do.systems.read_system, world.do.systems.revoke_system):
        with pytest.raises(PersonNeeded):
            await ask(system, account.id)
    listed = await world.do.systems.list_systems(world.administrator, world.organisation, FIRST_PAGE)
    assert [each.id for each in listed.items] == [account.id]


def replace_administrator(world: World, administrator: Actor) -> World:
    other = World(world.service, world.travel)
    other.organisation, other.administrator = world.organisation, administrator
    return other


async def test_a_system_has_one_account_that_holds_and_a_new_one_after_it_is_revoked(world: World) -> None:
    account = await let_in(world, municipal())
    with pytest.raises(SystemKnown):
        await let_in(world, municipal(supplier=SUPPLIER))
    await world.do.systems.revoke_system(world.administrator, account.id)
    assert (await let_in(world, municipal())).id != account.id


@pytest.mark.rule("O-01")
@pytest.mark.hazard("P-h5")
async def test_ph5_no_account_none_that_holds_or_another_supplier_are_refused_alike(world: World) -> None:
    over, ahead, revoked = (machine(f"{name}-{world.organisation}") for name in ("over", "ahead", "revoked"))
    await let_in(world, municipal(), suppliers=[SUPPLIER])
    await let_in(world, over, expires_at=world.now + timedelta(hours=1))
    await let_in(world, ahead, holds_from=world.now + timedelta(days=30))
    gone = await let_in(world, revoked)
    for system in (over, revoked, municipal(), municipal(supplier=SUPPLIER)):
        assert (await world.do.systems.read_own_system(system, world.organisation)).scopes
    await world.do.systems.revoke_system(world.administrator, gone.id)
    world.forward(hours=2)
    await refused_alike(
        world,
        machine("never-registered"),
        over,
        ahead,
        revoked,
        municipal(supplier=STRANGER),
        municipal(STRANGER, supplier=MUNICIPALITY),
        municipal(SUPPLIER),
        replace(municipal(), consumer=f"9908:{MUNICIPALITY}"),
        replace(municipal(), consumer=None),
    )
    world.forward(days=30)
    assert (await world.do.systems.read_own_system(ahead, world.organisation)).scopes


@pytest.mark.hazard("P-h5")
async def test_ph5_a_municipality_that_merges_gets_an_account_from_a_day_on(world: World) -> None:
    """The old number's account ends on the day on which the new one's begins."""
    day = world.now + timedelta(days=10)
    await let_in(world, municipal(), expires_at=day)
    await let_in(world, municipal(STRANGER), holds_from=day)
    ask = world.do.systems.read_own_system
    assert await ask(municipal(), world.organisation)
    with pytest.raises(SystemNotAdmitted):
        await ask(municipal(STRANGER), world.organisation)
    world.forward(days=11)
    assert await ask(municipal(STRANGER), world.organisation)
    with pytest.raises(SystemNotAdmitted):
        await ask(municipal(), world.organisation)


@pytest.mark.hazard("P-h1", "P-h5")
async def test_ph5_a_merged_municipality_goes_on_with_what_both_had_given(world: World) -> None:
    """Receipts follow from number to number; codes and courses belonged to the organisation all along."""
    give, given = world.do.intake.give_recommendation, world.do.intake.list_recommendations
    course = await course_of(world)
    day = world.now + timedelta(days=10)
    numbers = (MUNICIPALITY, SUPPLIER)
    accounts = [await let_in(world, municipal(number), expires_at=day) for number in numbers]
    before = [await give(municipal(number), world.organisation) for number in numbers]
    merged = await let_in(
        world, municipal(STRANGER), holds_from=day, continues=[each.id for each in accounts]
    )
    first = await world.do.systems.read_system(world.administrator, accounts[0].id)
    assert first.continued_by == merged.id
    mine = await given(municipal(MUNICIPALITY), world.organisation, FIRST_PAGE)
    assert [each.id for each in mine.items] == [before[0].id]  # until then each has its own
    world.forward(days=11)
    now = await give(municipal(STRANGER), world.organisation)
    seen = await given(municipal(STRANGER), world.organisation, FIRST_PAGE)
    assert {each.id for each in seen.items} == {now.id, *(each.id for each in before)}
    assert (await world.do.courses.read_course(municipal(STRANGER), course.id)).id == course.id
    person = await world.registered()
    code = before[0].codes[0]
    assert await world.do.intake.activate_recommendation(person, world.organisation, code, wishes(), True)
    again = await let_in(world, municipal("974652277"), continues=[merged.id])  # and once more
    seen = await given(municipal("974652277"), world.organisation, FIRST_PAGE)
    assert len(seen.items) == 3
    elsewhere = await World(world.service, world.travel).begin()
    with pytest.raises(SystemNotFound):
        await let_in(elsewhere, municipal(), continues=[again.id])
    assert (
        await world.do.systems.list_systems(elsewhere.administrator, elsewhere.organisation, FIRST_PAGE)
    ).items == []


async def test_scopes_of_account_and_token_are_both_needed(world: World) -> None:
    name = f"narrow-{world.organisation}"
    await let_in(world, machine(name), scopes=[SystemScope.COURSES_READ])
    wide, narrow = machine(name), machine(name, frozenset({"verksted:recommendations.write"}))
    assert (await world.do.courses.list_courses(wide, world.organisation, FIRST_PAGE)).items == []
    with pytest.raises(ScopeNeeded):
        await world.do.intake.give_recommendation(wide, world.organisation)
    with pytest.raises(ScopeNeeded):
        await world.do.courses.list_courses(narrow, world.organisation, FIRST_PAGE)
    with pytest.raises(ScopeNeeded):
        await world.do.intake.give_recommendation(narrow, world.organisation)
    own = await world.do.systems.read_own_system(narrow, world.organisation)
    assert (own.scopes, own.missing_in_token) == ([], [SystemScope.COURSES_READ])


@pytest.mark.hazard("P-h14", "P-h1")
async def test_ph14_a_system_sees_milestones_and_never_people_or_where_they_will_meet(world: World) -> None:
    system = machine(f"system-{world.organisation}")
    await let_in(world, system)
    course = await course_of(world, group_starts_at=world.now + timedelta(days=30))
    whole = {
        name: getattr(course, name)
        for name in ("title", "first_day", "last_day", "form", "area", "language", "seats", "group_starts_at")
    }
    await world.do.courses.edit_course(
        world.coordinator,
        course.id,
        course.version,
        **whole,
        group_place="Library",
        practical="Side entrance.",
    )
    opened = await world.do.courses.open_sign_up(world.coordinator, course.id)
    signer = await world.ready("signer")
    await world.do.courses.sign_up_for_group(signer, world.organisation, str(opened.sign_up_code))
    (listed,) = (await world.do.courses.list_courses(system, world.organisation, FIRST_PAGE)).items
    read = await world.do.courses.read_course(system, course.id)
    for seen in (listed, read):
        assert [each.due_on for each in seen.milestones] == [each.due_on for each in opened.milestones]
        assert (seen.seats, seen.sign_up_open) == (opened.seats, True)
        assert (seen.group_starts_at, seen.group_place, seen.practical) == (None, None, None)
        assert seen.sign_up_code is None
    with pytest.raises(PersonNeeded):
        await world.do.courses.list_sign_ups(system, course.id, FIRST_PAGE)
    given = await world.do.intake.give_recommendation(system, world.organisation, 3)
    assert len(given.codes) == 3
    assert (await world.do.intake.list_recommendations(system, world.organisation, FIRST_PAGE)).items


async def test_last_use_is_shown_by_the_hour_and_written_once_an_hour(world: World, look: Look) -> None:
    system = machine(f"system-{world.organisation}")
    account = await let_in(world, system)
    seen: list[Any] = []
    for _ in range(3):
        for _ in range(3):
            await world.do.systems.read_own_system(system, world.organisation)
            rows = await look("select xmin::text as at from system_account where id = $1", account.id)
            seen.append(rows[0]["at"])
        world.forward(hours=1)
    assert len(set(seen)) == 3
    shown = await world.do.systems.read_system(world.administrator, account.id)
    assert shown.last_used_at is not None
    assert (shown.last_used_at.minute, shown.last_used_at.second, shown.version) == (0, 0, 1)
    assert timedelta() <= world.now - shown.last_used_at < timedelta(hours=2)


async def test_a_use_does_not_wait_for_whoever_changes_the_account(world: World, service: Running) -> None:
    system = machine(f"system-{world.organisation}")
    account = await let_in(world, system)
    async with service.app_pool.acquire() as connection, connection.transaction():
        await connection.execute(f"select set_config('app.organisation', '{world.organisation}', true)")
        await connection.execute("select from system_account where id = $1 for update", account.id)
        assert await asyncio.wait_for(world.do.systems.read_own_system(system, world.organisation), 1)


async def test_an_account_is_changed_renewed_and_revoked_for_good(world: World) -> None:
    system = machine(f"system-{world.organisation}")
    account = await let_in(world, system, expires_at=world.now + timedelta(days=1))
    change = world.do.systems.change_system
    scopes = [SystemScope.COURSES_READ]
    given = ("System", "Shows courses.", scopes)
    for too_late in (world.now + timedelta(days=367), world.now - timedelta(hours=1)):
        with pytest.raises(TimeOutOfBounds):
            await change(world.administrator, account.id, 1, *given, too_late)
    world.forward(days=2)
    with pytest.raises(SystemNotAdmitted):
        await world.do.systems.read_own_system(system, world.organisation)
    end = world.now + timedelta(days=300)
    changed = await change(world.administrator, account.id, 1, *given, end)
    assert (changed.version, changed.scopes, changed.state) == (2, scopes, SystemState.ACTIVE)
    with pytest.raises(Stale):
        await change(world.administrator, account.id, 1, *given, end)
    assert (await world.do.systems.read_own_system(system, world.organisation)).scopes == scopes
    first = await world.do.systems.revoke_system(world.administrator, account.id)
    assert await world.do.systems.revoke_system(world.administrator, account.id) == first
    with pytest.raises(SystemNotAdmitted):
        await world.do.systems.read_own_system(system, world.organisation)
    with pytest.raises(SystemRevoked):
        await change(world.administrator, account.id, first.version, *given, end)


@pytest.mark.rule("A-06", "O-01")
async def test_the_database_opens_nothing_for_a_system_without_an_account(
    world: World, service: Running, travel: Travel
) -> None:
    """Below every use case: a transaction of a system sees its own organisation by its account, or nothing."""
    other = await World(service, travel).begin()
    here, there, revoked = (machine(f"{name}-{world.organisation}") for name in ("here", "there", "revoked"))
    await let_in(world, here)
    await let_in(other, there)
    gone = await let_in(world, revoked)
    await world.do.systems.revoke_system(world.administrator, gone.id)
    supplied = municipal(supplier=SUPPLIER)
    await let_in(world, supplied)

    async def rows(system: Actor, organisation: Any) -> int:
        async with service.app_pool.acquire() as connection, connection.transaction():
            await enter_as_system(connection, system, organisation, travel())
            return int(await connection.fetchval("select count(*) from registration"))

    assert await rows(here, world.organisation) > 0
    for system in (there, revoked, supplied, machine("never"), Actor(is_system=True)):
        assert await rows(system, world.organisation) == 0
    assert await rows(here, other.organisation) == 0


async def test_an_account_that_no_token_could_fit_is_not_registered(world: World) -> None:
    wrong: list[tuple[dict[str, object], type[DomainError], str]] = [
        ({"consumer": "991825828"}, NumberWrong, "/consumer"),
        ({"consumer": MUNICIPALITY, "suppliers": [SUPPLIER, "987654321"]}, NumberWrong, "/suppliers"),
        ({"issuer": f"{ISSUER}/", "client_id": "planner"}, IssuerUnknown, "/issuer"),
    ]
    for given, refusal, pointer in wrong:
        with pytest.raises(refusal) as found:
            await world.do.systems.register_system(
                world.administrator, world.organisation, "System", "Tried.", [SystemScope.EVENTS_READ],
                world.now + timedelta(days=30), **given,  # type: ignore[arg-type]
            )  # fmt: skip
        assert found.value.pointer == pointer
    account = await let_in(world, municipal(), suppliers=[SUPPLIER])
    with pytest.raises(NumberWrong):
        await world.do.systems.change_system(
            world.administrator, account.id, account.version, "System", "Tried.", [SystemScope.EVENTS_READ],
            account.expires_at, ["987654321"],
        )  # fmt: skip
