"""Look at a webhook."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import account_of, require_somebody, seen
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.events.webhook_views import WebhookView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadWebhook:
    """See a webhook, and how it goes."""

    transact: Transact[WebhooksUnitOfWork]

    async def __call__(self, actor: Actor, webhook_id: WebhookId) -> WebhookView:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> WebhookView:
            webhook = await seen(tx, actor, webhook_id)
            return WebhookView.of(webhook, await account_of(tx, webhook), tx.now)

        return await self.transact.read(actor, organisation_of(webhook_id), work)
