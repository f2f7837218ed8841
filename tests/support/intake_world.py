"""What comes before a group, told over the small world."""

from datetime import timedelta
from typing import Any

from app.domain.intake.interest import Company, Wishes
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import AssessmentId
from tests.support.canaries import IN_MY_OWN_WORDS
from tests.support.systems_world import let_in
from tests.support.world import ISSUER, World

INFORMER = Actor(
    issuer=ISSUER,
    subject="informer",
    client="informer",
    scopes=frozenset({"verksted:recommendations.write"}),
    is_system=True,
)


async def informer(world: World) -> Actor:
    """A municipality's system that the organisation has let in, so that it may give codes."""
    await let_in(world, INFORMER)
    return INFORMER


def wishes(**changes: Any) -> Wishes:
    """What somebody looks for."""
    usual: dict[str, Any] = {
        "theme": "Grief",
        "forms": (Form.IN_PERSON, Form.PHONE),
        "area": "Fjordby",
        "weekdays": (Weekday.TUESDAY,),
        "language": "nb",
        "company": (Company.NEAR_MY_AGE,),
    }
    return Wishes(**(usual | changes))


async def interested(world: World, name: str = "somebody", **changes: Any) -> Actor:
    """Somebody new, registered, with an interest of their own."""
    actor = await world.registered(name)
    await world.do.intake.register_interest(actor, world.organisation, wishes(**changes), True)
    return actor


async def worker(world: World, role: Role, *, signed: bool = True) -> Actor:
    """Somebody with a role in the organisation."""
    actor = await world.registered(role.value)
    await world.do.organisations.grant_role(world.administrator, world.organisation, actor.person_id, role)
    if signed:
        await world.sign_for(actor)
    return actor


async def code(world: World, giver: Actor | None = None) -> str:
    """One code that leads to the organisation."""
    given = await world.do.intake.give_recommendation(giver or world.coordinator, world.organisation)
    return given.codes[0]


async def asked(
    world: World, name: str = "asking", words: str | None = IN_MY_OWN_WORDS, known: tuple[Actor, ...] = ()
) -> tuple[Actor, AssessmentId]:
    """Somebody new asks for a conversation."""
    actor = await world.registered(name)
    step = await world.do.intake.ask_for_conversation(
        actor, world.organisation, words, [each.person_id for each in known]
    )
    return actor, step.id


async def appoint(world: World, assessment: AssessmentId, interviewer: Actor, days: float = 2) -> int:
    """The coordinator agrees on a time; the version afterwards."""
    seen = await world.do.intake.read_assessment(world.coordinator, assessment)
    step = await world.do.intake.appoint_interviewer(
        world.coordinator,
        assessment,
        seen.version,
        interviewer.person_id,
        world.now + timedelta(days=days),
        Form.IN_PERSON,
        "The volunteer centre",
    )
    return step.version


async def appointed(world: World, interviewer: Actor, days: float = 2) -> tuple[Actor, AssessmentId]:
    """Somebody new whose conversation has its time."""
    actor, assessment = await asked(world)
    await appoint(world, assessment, interviewer, days)
    return actor, assessment


async def conversations(world: World, mode: IntakeMode = IntakeMode.CONVERSATION_REQUIRED) -> Actor:
    """The organisation holds conversations; somebody who does."""
    await world.policy(intake_mode=mode)
    return await worker(world, Role.INTERVIEWER)
