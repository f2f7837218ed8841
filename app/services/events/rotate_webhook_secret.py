"""Give a webhook a new secret."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.audit.entry import Deed
from app.domain.events.webhook import OVERLAP, SECRET_BYTES, new_secret, rotated
from app.domain.shared.actor import Actor
from app.domain.shared.ids import WebhookId, organisation_of
from app.services.events.keeping_webhooks import account_of, note, require_somebody, seen
from app.services.events.webhook_ports import Secrets, WebhooksUnitOfWork
from app.services.events.webhook_views import WebhookSecretView, WebhookView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RotateWebhookSecret:
    """Get a new secret, shown this one time. For a while (a day, unless you say otherwise) events are signed with the
    earlier one, too: both signatures are sent, and a receiver takes either. With an overlap of 0 all
    earlier ones end at once. Events are signed with four at most: a further one is refused until the first of them has
    ended.
    """

    transact: Transact[WebhooksUnitOfWork]
    secrets: Secrets

    async def __call__(
        self, actor: Actor, webhook_id: WebhookId, overlap_hours: int | None = None
    ) -> WebhookSecretView:
        require_somebody(actor)
        overlap = OVERLAP if overlap_hours is None else timedelta(hours=overlap_hours)

        async def work(tx: WebhooksUnitOfWork) -> WebhookSecretView:
            webhook = await seen(tx, actor, webhook_id, lock=True)
            account = await account_of(tx, webhook)
            webhook.require_not_ended(account, tx.now)
            secret = new_secret(tx.random_bytes(SECRET_BYTES))
            earlier = self.secrets.open(webhook.organisation_id, webhook_id, webhook.secrets_sealed)
            now_held = rotated(earlier, secret, tx.now, overlap)
            webhook.secrets_sealed = self.secrets.seal(webhook.organisation_id, webhook_id, now_held)
            webhook.overlap_until = max((each.until for each in now_held if each.until), default=None)
            await tx.webhooks.save(webhook)
            await note(tx, actor, Deed.CHANGED, webhook_id)
            return WebhookSecretView(webhook=WebhookView.of(webhook, account, tx.now), secret=secret)

        return await self.transact.write(actor, organisation_of(webhook_id), work)
