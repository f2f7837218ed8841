"""Changing something begins at the door, too: of an organisation that one does not belong to, nothing is there."""

from dataclasses import replace
from typing import Any

from app.domain.shared.actor import Actor
from app.services.ports.transaction import Door
from tests.parity.scene import elsewhere
from tests.support.systems_world import let_in, machine
from tests.support.world import World

COUNT = "select count(*) from registration"


async def counted(tx: Any) -> int:
    found: int = await tx.work.connection.fetchval(COUNT)
    return found


async def test_people_enter_where_they_are_registered(world: World) -> None:
    transact: Any = world.do.groups.form_group.transact
    _, member_elsewhere = await elsewhere(world)
    assert await transact.write(world.coordinator, world.organisation, counted) >= 2
    for nobody_here in (await world.person("stranger"), member_elsewhere, Actor()):
        assert await transact.write(nobody_here, world.organisation, counted) == 0
    assert await transact.write(Actor(), world.organisation, counted, door=Door.PUBLIC) >= 2


async def test_systems_enter_by_their_account(world: World) -> None:
    transact: Any = world.do.groups.form_group.transact
    system = machine(f"entering-{world.organisation}")
    assert await transact.write(system, world.organisation, counted) == 0
    account = await let_in(world, system)
    assert await transact.write(system, world.organisation, counted) >= 2
    pretender = replace(system, issuer="https://another.example")
    assert await transact.write(pretender, world.organisation, counted) == 0
    await world.do.systems.revoke_system(world.administrator, account.id)
    assert await transact.write(system, world.organisation, counted) == 0
