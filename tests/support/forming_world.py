"""Histories of forming groups, as functions over a world."""

from datetime import timedelta
from typing import Any

from app.domain.groups.group import Form
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, OrganisationId
from app.services.groups.forming_views import WaitingEntryView, WaitingView
from app.services.groups.views import GroupView
from app.services.ports.paging import PageRequest
from tests.support.world import Made, World


async def national_body(world: World) -> OrganisationId:
    """The organisation above the world's own."""
    read = world.do.organisations.read_organisation
    parent = (await read(world.administrator, world.organisation)).parent_id
    assert parent is not None
    return parent


async def ready_at(world: World, organisation: OrganisationId, name: str = "somebody") -> Actor:
    """Somebody new, registered with any organisation and ready for a group there."""
    actor = await world.person(name)
    await world.do.organisations.register(actor, organisation, name.title())
    await world.do.intake.declare_readiness(actor, organisation)
    return actor


async def code_of(world: World, composer: Actor, group: GroupId) -> str:
    """The code of a forming group."""
    return (await world.do.groups.read_group_offer(composer, group)).application_code


async def ask(world: World, actor: Actor, organisation: OrganisationId, code: str) -> WaitingView:
    """Somebody asks for a place."""
    return await world.do.groups.ask_for_place(actor, organisation, code, "Havella")


async def list_of(world: World, composer: Actor, group: GroupId) -> list[WaitingEntryView]:
    """Who waits."""
    return (await world.do.groups.list_waiting(composer, group, PageRequest(limit=100))).items


async def alone(world: World, people: int = 1, *, seats: int = 6, **said: Any) -> Made:
    """A group that stands alone: its convenor, who has signed, and as many more as have asked and been invited."""
    national = await national_body(world)
    convenor = await ready_at(world, national, "convenor")
    begun = await world.do.groups.begin_group(
        convenor, national, Form.PHONE, "Anywhere", "nb", "Convenor", seats=seats, **said
    )
    made = Made(begun.id, national, [convenor], convenor)
    await world.do.groups.sign_declaration(convenor, made.id, world.signature())
    for number in range(people - 1):
        await join_alone(world, made, f"member{number}")
    return made


async def join_alone(world: World, group: Made, alias: str) -> Actor:
    """Somebody new asks with the code, is invited by the convenor, accepts and signs."""
    actor = await ready_at(world, group.organisation, alias)
    await ask(world, actor, group.organisation, await code_of(world, group.coordinator, group.id))
    placement = await world.do.groups.invite_to_place(group.coordinator, group.id, actor.person_id)
    await world.do.groups.accept_place(actor, placement.id, alias)
    await world.do.groups.sign_declaration(actor, group.id, world.signature())
    group.members.append(actor)
    return actor


async def fix_first(world: World, planner: Actor, group: GroupId) -> None:
    """The first meeting is fixed for an hour from now."""
    await world.do.meetings.plan_meeting(planner, group, world.now + timedelta(hours=1), "Library")


async def seen_by(world: World, actor: Actor, group: GroupId) -> GroupView:
    """The group as somebody sees it."""
    return await world.do.groups.read_group(actor, group)
