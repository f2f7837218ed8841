"""Who looks after webhooks: the organisation's administrators after all, a system after its own."""

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.events.errors import WebhookNotFound
from app.domain.events.event_type import Known
from app.domain.events.webhook import Webhook, knows
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.ids import SystemId, WebhookId
from app.domain.systems.account import SystemAccount, SystemScope
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted
from app.services.events.webhook_ports import Keeper, WebhooksUnitOfWork
from app.services.ports.systems import admitted


async def keeper(tx: WebhooksUnitOfWork, actor: Actor) -> Keeper:
    """Who it is that asks; everybody else is refused."""
    if actor.is_system:
        return (await admitted(tx, actor, SystemScope.WEBHOOKS_WRITE)).id
    if Role.ADMINISTRATOR not in await tx.roles.of(actor.person_id):
        raise NotStaff
    return None


async def seen(tx: WebhooksUnitOfWork, actor: Actor, webhook_id: WebhookId, *, lock: bool = False) -> Webhook:
    """A webhook, for whoever looks after it; to all others it isn't there."""
    if actor.is_system:
        mine = await keeper(tx, actor)
        found = await (tx.webhooks.lock if lock else tx.webhooks.get)(webhook_id)
        if found.system_id != mine:
            raise WebhookNotFound
        return found
    person = actor.person_id
    found = await (tx.webhooks.lock if lock else tx.webhooks.get)(webhook_id)
    if Role.ADMINISTRATOR not in await tx.roles.of(person):
        raise WebhookNotFound
    return found


async def account_of(tx: WebhooksUnitOfWork, webhook: Webhook) -> SystemAccount | None:
    """The system's account that a webhook is for, as it stands now; None: it is the administrators'."""
    return None if webhook.system_id is None else await tx.system_accounts.get(webhook.system_id)


async def known_to(tx: WebhooksUnitOfWork, system: SystemId | None) -> set[Known]:
    """What whoever a webhook is for may know of now. `SystemNotFound`, or a refusal that says what its account lacks."""
    account = None if system is None else await tx.system_accounts.get(system)
    if account is not None and SystemScope.EVENTS_READ not in account.scopes:
        raise ScopeNeeded(scope=SystemScope.EVENTS_READ.value)
    knowing = knows(account, await tx.read_clock())
    if knowing is None:
        raise SystemNotAdmitted
    return knowing


def require_somebody(actor: Actor) -> None:
    """Refuse whoever is neither a registered person nor a system, before anything is opened."""
    if not actor.is_system and actor.person is None:
        raise PersonNeeded


async def note(tx: WebhooksUnitOfWork, actor: Actor, deed: Deed, webhook: WebhookId) -> None:
    """Write down what was done with a webhook; it is about no person."""
    done = Access(
        deed=deed,
        data=AccessedData.SERVICE_ACCOUNT,
        acting_as=ActingAs.SYSTEM if actor.is_system else ActingAs.ADMINISTRATOR,
        purpose=AccessPurpose.ADMINISTRATION,
        row=webhook,
    )
    await tx.access_log.note(actor, done)
