"""Register a webhook."""

from dataclasses import dataclass

from app.domain.audit.entry import Deed
from app.domain.events.addresses import Addresses
from app.domain.events.catalogue import require_told
from app.domain.events.errors import TooManyWebhooks
from app.domain.events.webhook import MOST, SECRET_BYTES, Secret, Webhook, new_secret
from app.domain.people.national_id import refuse_national_id_in_address, refuse_national_id_in_words
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, SystemId, WebhookId
from app.domain.systems.errors import SystemNotFound
from app.services.events.keeping_webhooks import account_of, keeper, known_to, note, require_somebody
from app.services.events.webhook_ports import Secrets, WebhooksUnitOfWork
from app.services.events.webhook_views import WebhookSecretView, WebhookView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RegisterWebhook:
    """Have events sent to an https address of yours, signed as Standard Webhooks says; the secret is shown this one time.

    Where a system is named, it is for that one: it gets what the system may follow (`events.read`, and `courses.read` for
    courses), and ends with its account. Otherwise it is for the organisation's administrators, and gets what they may
    follow. A system registers its own: it needs `events.read` for that beside `webhooks.write`. Sent is what happens from
    now on. No event says anything about one person, or about the inside of a group.
    """

    transact: Transact[WebhooksUnitOfWork]
    secrets: Secrets
    addresses: Addresses

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        url: str,
        purpose: str,
        types: list[str] | None = None,
        system_id: SystemId | None = None,
    ) -> WebhookSecretView:
        require_somebody(actor)
        wanted = tuple(sorted(set(types or ())))

        async def work(tx: WebhooksUnitOfWork) -> WebhookSecretView:
            mine = await keeper(tx, actor)
            if mine is not None and system_id not in (None, mine):
                raise SystemNotFound("/system_id")
            whose = mine or system_id
            require_told(wanted, await known_to(tx, whose))
            self.addresses.require_allowed(url)
            refuse_national_id_in_address(url, "/url")
            refuse_national_id_in_words(purpose, "/purpose")
            if await tx.webhooks.count_locked() >= MOST:
                raise TooManyWebhooks(most=MOST)
            now, webhook_id = await tx.read_clock(), WebhookId(tx.new_id())
            secret = new_secret(tx.random_bytes(SECRET_BYTES))
            webhook = Webhook(
                id=webhook_id,
                organisation_id=organisation_id,
                system_id=whose,
                url=url,
                purpose=purpose,
                types=wanted,
                secrets_sealed=self.secrets.seal(organisation_id, webhook_id, [Secret(secret, None)]),
                overlap_until=None,
                position=await tx.webhooks.newest_position(),
                registered_at=now,
                failing_since=None,
                disabled_at=None,
                disabled_because=None,
                warned_at=None,
                version=1,
            )
            await tx.webhooks.add(webhook)
            await note(tx, actor, Deed.GRANTED, webhook_id)
            shown = WebhookView.of(webhook, await account_of(tx, webhook), now)
            return WebhookSecretView(webhook=shown, secret=secret)

        return await self.transact.write(actor, organisation_id, work)
