"""What comes before a group, told over the small world."""

from typing import Any

from app.domain.intake.interest import Company, Wishes
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.frames import Form, Weekday
from tests.support.world import World

INFORMER = Actor(
    issuer="municipality",
    subject="informer",
    client="informer",
    scopes=frozenset({"verksted:recommendations.write"}),
    is_system=True,
)


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
