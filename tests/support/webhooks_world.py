"""Webhooks, told over the small world: registered by use cases, and delivered by the worker's duty with another sender."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from app.adapters.delivery.deliver import DeliverWebhooks
from app.adapters.postgres.sending import PostgresDesk
from app.bootstrap import Running
from app.domain.events.delivery import Answer, Fault
from app.domain.events.errors import WebhookDisabled
from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId
from app.services.events.sending import Outgoing
from app.services.events.webhook_views import WebhookSecretView
from tests.support.world import World

Send = Callable[[Outgoing], Awaitable[Answer]]
ARRIVED = Answer(204, None)
PURPOSE = "Keeps a list of courses fresh."


def duty(service: Running) -> DeliverWebhooks:
    """The service's own."""
    found = next(each for each in service.duties if each.name == "deliver_webhooks").run_once
    assert isinstance(found, DeliverWebhooks)
    return found


def desk(service: Running) -> PostgresDesk:
    """The service's own."""
    found = duty(service).desk
    assert isinstance(found, PostgresDesk)
    return found


async def arrives(outgoing: Outgoing) -> Answer:
    """A receiver that takes everything."""
    assert outgoing.secrets
    return ARRIVED


async def deliver(service: Running, send: Send = arrives, **changes: Any) -> list[Outgoing]:
    """Deliver what is due, now; what was sent, in order."""
    sent: list[Outgoing] = []

    async def noting(outgoing: Outgoing) -> Answer:
        sent.append(outgoing)
        return await send(outgoing)

    usual = duty(service)
    await DeliverWebhooks(replace(desk(service), **changes), noting, usual.clock)()
    return sent


async def fails(outgoing: Outgoing) -> Answer:
    """A receiver that never answers."""
    return Answer(None, Fault.TIMEOUT)


async def failing_for(world: World, webhook: WebhookId, hours: float) -> None:
    """Every attempt fails for so long, a test every two hours among them."""
    for _ in range(int(hours / 2)):
        with suppress(WebhookDisabled):
            await world.do.events.try_webhook(world.administrator, webhook)
        await deliver(world.service, fails)
        world.forward(hours=2)
    await deliver(world.service, fails)


async def hooked(
    world: World, actor: Actor | None = None, url: str = "https://hooks.example.org/in", **changes: Any
) -> WebhookSecretView:
    """A webhook: of the administrators, or of whoever asks."""
    register = world.do.events.register_webhook
    return await register(actor or world.administrator, world.organisation, url, PURPOSE, **changes)
