"""Try a webhook out."""

from dataclasses import dataclass

from app.domain.events.delivery import Delivery, DeliveryState
from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import account_of, require_somebody, seen
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.events.webhook_views import DeliveryView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class TryWebhook:
    """Have a test sent, of type `webhook.test`: signed and tried again like every event, though nothing has happened. Its
    delivery tells how it goes.
    """

    transact: Transact[WebhooksUnitOfWork]

    async def __call__(self, actor: Actor, webhook_id: WebhookId) -> DeliveryView:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> DeliveryView:
            webhook = await seen(tx, actor, webhook_id, lock=True)
            webhook.require_sending(await account_of(tx, webhook), tx.now)
            told = webhook.told_test()
            test = Delivery(
                organisation_id=webhook.organisation_id,
                webhook_id=webhook_id,
                event_id=tx.new_id(),
                number=webhook.position,
                type=told.type,
                # No event is about that: it waits for none, and none waits for it.
                subject=told.subject,
                ids=told.ids,
                occurred_at=tx.now,
                made_at=tx.now,
                state=DeliveryState.WAITING,
                attempts=0,
                next_at=tx.now,
                last_at=None,
                status=None,
                fault=None,
                ended_at=None,
            )
            await tx.deliveries.add(test)
            await tx.webhooks.wake(webhook_id)
            return DeliveryView.of(test, None)

        return await self.transact.write(actor, organisation_of(webhook_id), work, answer=DeliveryView)
