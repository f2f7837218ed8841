"""Volunteers and their training, told by use cases over a `World`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.domain.shared.actor import Actor
from app.domain.volunteers.criteria import REQUIRED
from app.domain.volunteers.training_record import ConversationOutcome, EntryKind, Module
from app.domain.volunteers.volunteer import RecruitmentSource
from app.services.volunteers.views import TrainingEntryView, VolunteerView
from tests.support.world import World

QUALITIES = list(REQUIRED["1"])


async def offered(world: World, name: str = "volunteer") -> Actor:
    """Somebody new who has offered to volunteer."""
    actor = await world.registered(name)
    await world.do.volunteers.offer_to_volunteer(
        actor, world.organisation, RecruitmentSource.FORMER_PARTICIPANT
    )
    return actor


async def record(
    world: World, volunteer: Actor, kind: EntryKind, happened_at: datetime | None = None, **content: Any
) -> TrainingEntryView:
    """The coordinator records an entry; it has happened just now, if nothing else is said."""
    at = happened_at or world.now.replace(microsecond=0)
    return await world.do.volunteers.record_training(
        world.coordinator, world.organisation, volunteer.person_id, kind, at, **content
    )


async def found_suited(world: World, volunteer: Actor, happened_at: datetime | None = None) -> None:
    """The conversation with the coordinator (V-01)."""
    await record(
        world,
        volunteer,
        EntryKind.CONVERSATION,
        happened_at,
        outcome=ConversationOutcome.SUITED,
        qualities=QUALITIES,
    )


async def introduced(
    world: World, volunteer: Actor, modules: Iterable[Module] = Module, happened_at: datetime | None = None
) -> None:
    """The introduction course, module by module (V-04, V-05)."""
    for module in modules:
        await record(world, volunteer, EntryKind.INTRODUCTION, happened_at, module=module)


async def trained(world: World, name: str = "volunteer", *, volunteer: Actor | None = None) -> Actor:
    """Somebody who can be given a group: offered, found suited, introduced, sworn to confidentiality."""
    actor = volunteer or await offered(world, name)
    await found_suited(world, actor)
    await introduced(world, actor)
    await world.sign_for(actor)
    return actor


async def pair(world: World, one: Actor, other: Actor) -> None:
    """Two volunteers agree to reflect together (V-11)."""
    proposal = await world.do.volunteers.propose_partner(one, world.organisation)
    await world.do.volunteers.accept_partner(other, world.organisation, proposal.code)


async def standing(world: World, volunteer: Actor, as_of: datetime | None = None) -> VolunteerView:
    """What their training amounts to, as the coordinator sees it."""
    return await world.do.volunteers.read_volunteer(
        world.coordinator, world.organisation, volunteer.person_id, as_of
    )
