"""Look through webhooks."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.events.keeping_webhooks import account_of, keeper, require_somebody
from app.services.events.webhook_ports import WebhooksUnitOfWork
from app.services.events.webhook_views import WebhookView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListWebhooks:
    """See where the organisation has events sent, and how it goes. A system sees its own."""

    transact: Transact[WebhooksUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> list[WebhookView]:
        require_somebody(actor)

        async def work(tx: WebhooksUnitOfWork) -> list[WebhookView]:
            mine = await keeper(tx, actor)
            now = await tx.read_clock()
            found = [each for each in await tx.webhooks.all() if mine in (None, each.system_id)]
            accounts = {each.system_id: await account_of(tx, each) for each in found}
            return [WebhookView.of(each, accounts[each.system_id], now) for each in found]

        return await self.transact.read(actor, organisation_id, work)
