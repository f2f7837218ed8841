"""Look through what a webhook was sent."""

from dataclasses import dataclass

from app.domain.events.delivery import DeliveryState
from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import account_of, require_somebody, seen
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.events.webhook_views import DeliveryView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListDeliveries:
    """See what a webhook was sent, and what waits: how often it was tried, when, and what the receiver answered. For thirty
    days.
    """

    transact: Transact[WebhooksUnitOfWork]

    async def __call__(
        self, actor: Actor, webhook_id: WebhookId, page: PageRequest, state: DeliveryState | None = None
    ) -> Page[DeliveryView]:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> Page[DeliveryView]:
            webhook = await seen(tx, actor, webhook_id)
            held = webhook.held(await account_of(tx, webhook), tx.now)
            found = await tx.delivery_reads.page(webhook_id, state, page)
            return Page(items=[DeliveryView.of(each, held) for each in found.items], after=found.after)

        return await self.transact.read(actor, organisation_of(webhook_id), work)
