"""One fixed state of the world for the parity table: everybody who could ask, and something for each to ask about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.admission.views import ApplicationView, BallotView
from app.services.groups.place_views import PlacementView
from app.services.meetings.views import MeetingView
from app.services.ports.paging import FIRST_PAGE
from tests.support.systems_world import let_in, machine
from tests.support.world import Made, World

SYSTEM = Actor(issuer="", subject="tests", is_system=True)
NOBODY = Actor()


@dataclass
class Scene:
    """An organisation in the middle of its life."""

    world: World
    viewers: dict[str, Actor]
    group: Made
    """Closed, open for new people, in its second generation."""
    forming: Made
    code: str
    placement: PlacementView
    waiting: ApplicationView
    in_ballot: ApplicationView
    offered: ApplicationView
    ballot: BallotView
    next_meeting: MeetingView
    first_meeting: MeetingView
    """Of the forming group."""
    held_meeting: str
    national: str
    """The organisation above."""
    unsigned_membership: str
    counted_ballot: str
    more: dict[str, Any] = field(default_factory=dict)
    """What the features' own `play` have put there."""

    @property
    def organisation(self) -> OrganisationId:
        return self.world.organisation

    def headers(self, viewer: str, token: Callable[..., str], language: str = "en") -> dict[str, str]:
        """What this viewer sends along."""
        actor = self.viewers[viewer]
        shown = {"accept-language": language}
        if actor.is_system and actor.client is not None:
            bearer = token(actor.subject, client_id=actor.client, scopes=actor.scopes)
            shown["authorization"] = f"Bearer {bearer}"
        elif actor.subject is not None:
            shown["authorization"] = f"Bearer {token(actor.subject)}"
        return shown


async def play(world: World) -> Scene:
    """Tell the history that leads to the scene."""
    group = await world.forming(4, seats=8, sign=False)
    signers = group.members[:3]
    for member in signers:
        await world.do.groups.sign_declaration(member, group.id, world.signature())
    first, grace, unsigned = group.members[0], group.members[2], group.members[3]
    begun = world.now + timedelta(hours=1)
    held = await world.do.meetings.plan_meeting(world.coordinator, group.id, begun, "Library")
    world.forward(hours=2)
    group.members = signers
    await world.open_for_new(group)
    code = await world.code()
    newcomer = await world.admitted(group, code, "Newcomer")
    for member in group.members[:2]:
        await world.do.groups.sign_declaration(member, group.id, world.signature())
    group.members = [first, group.members[1], newcomer, grace]
    offered, offer = await world.applied(code, "Offered")
    await world.vote(await world.admission(group, offer), group.members)
    applicant, in_ballot = await world.applied(code, "Applicant")
    ballot = await world.admission(group, in_ballot)
    await world.vote(ballot, group.members[1:2])
    waiter, waiting = await world.applied(code, "Waiter")
    soon = world.now + timedelta(days=2)
    next_meeting = await world.do.meetings.plan_meeting(first, group.id, soon, "Library")
    forming = await world.forming(3, seats=6)
    invited = await world.ready("invited")
    placement = await world.do.groups.invite_to_place(world.coordinator, forming.id, invited.person_id)
    later = world.now + timedelta(days=3)
    first_meeting = await world.do.meetings.plan_meeting(world.coordinator, forming.id, later, "Café")
    national = (await world.do.organisations.read_organisation(NOBODY, world.organisation)).parent_id
    place = (await world.do.groups.read_group(unsigned, group.id)).my_membership_id
    ballots = (await world.do.admission.list_ballots(first, group.id, FIRST_PAGE)).items
    counted = next(each for each in ballots if each.application_id == offer.id)
    viewers = {
        "member": first,
        "grace": grace,
        "unsigned": unsigned,
        "founder of the forming group": forming.members[0],
        "invited": invited,
        "registered": await world.ready("registered"),
        "waiting applicant": waiter,
        "applicant in a ballot": applicant,
        "offered a place": offered,
        "coordinator": world.coordinator,
        "administrator": world.administrator,
        "interviewer": await staff(world, Role.INTERVIEWER),
        "starter": await staff(world, Role.STARTER),
        "introduced only": await world.person("introduced"),
        "not introduced": Actor(issuer="", subject=f"stranger-{world.organisation}"),
        "system": SYSTEM,
        "system with an account": await system(world),
        "nobody": NOBODY,
    }
    scene = Scene(
        world, viewers, group, forming, code, placement, waiting, in_ballot, offer, ballot,
        next_meeting, first_meeting, str(held.id), str(national), str(place), str(counted.id),
    )  # fmt: skip
    for feature in features():
        if hasattr(feature, "play"):
            await feature.play(scene)
    return scene


@cache
def features() -> tuple[ModuleType, ...]:
    """The modules `samples_<feature>.py` beside this one."""
    found = sorted(Path(__file__).parent.glob("samples_*.py"))
    return tuple(import_module(f"tests.parity.{path.stem}") for path in found)


async def system(world: World) -> Actor:
    """A system that the organisation has let in, with every scope."""
    made = machine(f"system-{world.organisation}")
    await let_in(world, made)
    return made


async def staff(world: World, role: Role) -> Actor:
    """Somebody who works for the organisation."""
    actor = await world.registered(role.value)
    grant = world.do.organisations.grant_role
    await grant(world.administrator, world.organisation, actor.person_id, role)
    return actor


async def elsewhere(world: World) -> tuple[World, Actor]:
    """Another organisation, and a member of a closed group there."""
    other = await World(world.service, world.travel).begin()
    group = await other.meeting(3)
    assert (await other.do.meetings.list_meetings(group.members[0], group.id, FIRST_PAGE)).items
    return other, group.members[0]
