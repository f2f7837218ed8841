"""Let a webhook go on."""

from dataclasses import dataclass

from app.domain.audit.entry import Deed
from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import account_of, note, require_somebody, seen
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.events.webhook_views import WebhookView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ResumeWebhook:
    """Begin again with a webhook that was disabled, where it stopped: what waits is tried at once, and what has happened
    meanwhile is sent, as far back as the feed reaches. What isn't disabled is tried at once, too.
    """

    transact: Transact[WebhooksUnitOfWork]

    async def __call__(self, actor: Actor, webhook_id: WebhookId) -> WebhookView:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> WebhookView:
            webhook = await seen(tx, actor, webhook_id, lock=True)
            account = await account_of(tx, webhook)
            webhook.require_not_ended(account, tx.now)
            webhook.resume()
            await tx.webhooks.save(webhook)
            await tx.deliveries.let_go(webhook_id)
            await tx.webhooks.wake(webhook_id)
            await note(tx, actor, Deed.CHANGED, webhook_id)
            return WebhookView.of(webhook, account, tx.now)

        return await self.transact.write(actor, organisation_of(webhook_id), work, answer=WebhookView)
