"""Remove a webhook."""

from dataclasses import dataclass

from app.domain.audit.entry import Deed
from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import note, require_somebody, seen
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RemoveWebhook:
    """Send nothing there any more: the webhook goes, with its secrets, what waits, and its log."""

    transact: Transact[WebhooksUnitOfWork]

    async def __call__(self, actor: Actor, webhook_id: WebhookId) -> None:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> None:
            await seen(tx, actor, webhook_id, lock=True)
            await tx.webhooks.remove(webhook_id)
            await note(tx, actor, Deed.REMOVED, webhook_id)

        await self.transact.write(actor, organisation_of(webhook_id), work)
