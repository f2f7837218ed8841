"""Send an event once more."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import account_of, require_somebody, seen
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.events.webhook_views import DeliveryView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RedeliverEvent:
    """Have an event that arrived or was given up sent once more, with the same id. It comes when it comes: later events
    of its subject may have arrived before it.
    """

    transact: Transact[WebhooksUnitOfWork]

    async def __call__(self, actor: Actor, webhook_id: WebhookId, event_id: UUID) -> DeliveryView:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> DeliveryView:
            webhook = await seen(tx, actor, webhook_id, lock=True)
            webhook.require_sending(await account_of(tx, webhook), tx.now)
            delivery = await tx.deliveries.get(webhook_id, event_id)
            delivery.again(tx.now)
            await tx.deliveries.save(delivery)
            await tx.webhooks.wake(webhook_id)
            return DeliveryView.of(delivery, None)

        return await self.transact.write(actor, organisation_of(webhook_id), work, answer=DeliveryView)
