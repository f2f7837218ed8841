"""Figures of a quarter: published once, for staff, and never changed."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.statistics.period import PeriodNotClosed, Quarter
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted
from app.settings import Settings
from tests.support.intake_world import worker
from tests.support.systems_world import let_in, machine
from tests.support.world import World

ZONE = "Europe/Oslo"


@pytest.mark.rule("O-06")
@pytest.mark.hazard("P-h2")
async def test_a_quarter_is_told_once_it_is_closed_and_never_changes(
    world: World, settings: Settings
) -> None:
    made = [await world.meeting(5) for _ in range(3)]
    quarter = str(Quarter.of(world.now, ZONE))
    read = world.do.statistics.read_statistics
    with pytest.raises(PeriodNotClosed):
        await read(world.coordinator, world.organisation, quarter)
    world.forward(days=110)
    first, second = await asyncio.gather(
        *(read(who, world.organisation, quarter) for who in (world.coordinator, world.administrator))
    )
    assert first == second
    assert (first.groups.value, first.members.value, first.entries.value) == (3, 15, 15)
    assert [(each.groups.value, each.members.value) for each in first.areas] == [(3, 15)]
    assert not first.some_areas_left_out
    await world.do.groups.leave_group(made[0].members[0], made[0].id)
    later = await read(world.coordinator, world.organisation)
    assert later.period >= quarter
    assert await read(world.coordinator, world.organisation, quarter) == first
    connection = await asyncpg.connect(database_urls(settings, settings.secret_value()).app)
    try:
        for statement in (
            "update published_statistics set figures = '{}'",
            "delete from published_statistics",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


@pytest.mark.hazard("P-h2")
async def test_few_groups_are_not_told_at_all(world: World) -> None:
    for _ in range(2):
        await world.meeting(5)
    quarter = str(Quarter.of(world.now, ZONE))
    world.forward(days=110)
    told = await world.do.statistics.read_statistics(world.coordinator, world.organisation, quarter)
    assert (told.groups.value, told.members.value, told.entries.value, told.areas) == (None, None, None, [])
    assert told.groups.suppressed
    assert told.some_areas_left_out
    empty = await world.do.statistics.read_statistics(world.coordinator, world.organisation, "2020-Q1")
    assert empty.groups == told.groups  # none looks like few


async def test_figures_are_for_coordinators_and_administrators(world: World) -> None:
    for who in (await world.person(), await world.registered(), await worker(world, Role.INTERVIEWER)):
        with pytest.raises(NotStaff):
            await world.do.statistics.read_statistics(who, world.organisation, "2020-Q1")


@pytest.mark.rule("O-06")
@pytest.mark.hazard("P-h1", "P-h2")
async def test_a_system_with_the_scope_reads_what_staff_reads_and_no_more(world: World) -> None:
    for _ in range(2):
        await world.meeting(5)
    quarter = str(Quarter.of(world.now, ZONE))
    world.forward(days=110)
    read = world.do.statistics.read_statistics
    system, scopeless = (machine(f"{name}-{world.organisation}") for name in ("figures", "courses"))
    await let_in(world, system, scopes=[SystemScope.STATISTICS_READ])
    await let_in(world, scopeless, scopes=[SystemScope.COURSES_READ])
    told = await read(system, world.organisation, quarter)  # whoever comes first publishes
    assert told == await read(world.coordinator, world.organisation, quarter)
    assert (told.groups.value, told.members.value, told.areas) == (None, None, [])
    for wanting in (scopeless, replace(system, scopes=frozenset({"verksted:courses.read"}))):
        with pytest.raises(ScopeNeeded):
            await read(wanting, world.organisation, quarter)
    elsewhere = await World(world.service, world.travel).begin()
    with pytest.raises(SystemNotAdmitted):
        await read(system, elsewhere.organisation, quarter)
