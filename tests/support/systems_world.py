"""Systems, told over the small world."""

from datetime import timedelta
from typing import Any

from app.domain.shared.actor import Actor
from app.domain.systems.account import SystemScope
from app.services.systems.views import SystemAccountView
from tests.support.world import ISSUER, World

ALL_SCOPES = frozenset(f"verksted:{scope}" for scope in SystemScope)
MUNICIPALITY, SUPPLIER, STRANGER = "991825827", "987654325", "974760673"


def machine(client: str, scopes: frozenset[str] = ALL_SCOPES) -> Actor:
    """A system that logs in with a client of its own."""
    return Actor(issuer=ISSUER, subject=client, client=client, scopes=scopes, is_system=True)


def municipal(
    consumer: str = MUNICIPALITY, supplier: str | None = None, scopes: frozenset[str] = ALL_SCOPES
) -> Actor:
    """A system with a token of Maskinporten: for whom it acts, and who runs it."""
    return Actor(
        issuer="https://maskinporten.example/",
        subject="any-client",
        client="any-client",
        consumer=f"0192:{consumer}",
        supplier=None if supplier is None else f"0192:{supplier}",
        scopes=scopes,
        is_system=True,
    )


async def let_in(world: World, system: Actor, **changes: Any) -> SystemAccountView:
    """An account for a system, with all scopes and for as long as it can be."""
    given: dict[str, Any] = {
        "name": "The centre's system",
        "purpose": "Hands out codes after a course.",
        "scopes": list(SystemScope),
        "expires_at": world.now + timedelta(days=365),
    }
    if system.consumer is not None:
        given["consumer"] = system.consumer.removeprefix("0192:")
    else:
        given |= {"issuer": system.issuer, "client_id": system.client}
    register = world.do.systems.register_system
    return await register(world.administrator, world.organisation, **(given | changes))
