"""Starters and what becomes of them, told by use cases over a `World`."""

from datetime import timedelta
from typing import Any

from app.domain.shared.actor import Actor
from app.services.meetings.views import MeetingView
from app.services.starters.views import AssignmentView
from tests.support.volunteers_world import trained
from tests.support.world import Made, World


async def starter(world: World, name: str = "starter") -> Actor:
    """Somebody who can be given a group."""
    return await trained(world, name)


async def assigned(
    world: World, group: Made, actor: Actor | None = None, **exit_: Any
) -> tuple[Actor, AssignmentView]:
    """A starter of a forming group; without a word about the exit, the usual number of meetings."""
    actor = actor or await starter(world)
    view = await world.do.starters.assign_starter(
        world.coordinator,
        group.id,
        actor.person_id,
        **exit_,
    )
    return actor, view


async def first_planned(world: World, group: Made, hours: float = 1) -> MeetingView:
    """The coordinator fixes the first meeting."""
    start = world.now + timedelta(hours=hours)
    return await world.do.meetings.plan_meeting(world.coordinator, group.id, start, "Library")


async def planned(world: World, group: Made, days: float = 7) -> MeetingView:
    """A member plans a further meeting."""
    start = world.now + timedelta(days=days)
    return await world.do.meetings.plan_meeting(group.members[0], group.id, start, "Church")


async def helped(world: World, people: int = 4, **exit_: Any) -> tuple[Made, Actor, AssignmentView]:
    """A group in its first meeting, with a starter."""
    group = await world.forming(people, seats=6)
    actor, view = await assigned(world, group, **exit_)
    await first_planned(world, group)
    world.forward(hours=1, minutes=5)
    return group, actor, view


async def left(world: World, **exit_: Any) -> tuple[Made, Actor, AssignmentView]:
    """A group whose starter has left after its only meeting with them."""
    group, actor, view = await helped(world, **(exit_ or {"max_meetings": 1}))
    world.forward(hours=3)
    return group, actor, view
