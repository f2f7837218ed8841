"""Change a webhook."""

from dataclasses import dataclass

from app.domain.audit.entry import Deed
from app.domain.events.addresses import Addresses
from app.domain.events.catalogue import require_told
from app.domain.people.national_id import refuse_national_id_in_address, refuse_national_id_in_words
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import account_of, known_to, note, require_somebody, seen
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.events.webhook_views import WebhookView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ChangeWebhook:
    """Change where events are sent, or which. What waits already is sent to the new address. Whose it is stays."""

    transact: Transact[WebhooksUnitOfWork]
    addresses: Addresses

    async def __call__(
        self,
        actor: Actor,
        webhook_id: WebhookId,
        version: int,
        url: str,
        purpose: str,
        types: list[str] | None = None,
    ) -> WebhookView:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> WebhookView:
            webhook = await seen(tx, actor, webhook_id, lock=True)
            if webhook.version != version:
                raise Stale
            account = await account_of(tx, webhook)
            webhook.require_not_ended(account, tx.now)
            wanted = tuple(sorted(set(types or ())))
            require_told(wanted, await known_to(tx, webhook.system_id))
            self.addresses.require_allowed(url)
            refuse_national_id_in_address(url, "/url")
            refuse_national_id_in_words(purpose, "/purpose")
            webhook.url, webhook.purpose, webhook.types = url, purpose, wanted
            await tx.webhooks.save(webhook)
            await tx.webhooks.wake(webhook_id)
            await note(tx, actor, Deed.CHANGED, webhook_id)
            return WebhookView.of(webhook, account, tx.now)

        return await self.transact.write(actor, organisation_of(webhook_id), work, answer=WebhookView)
