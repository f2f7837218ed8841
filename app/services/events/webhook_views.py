"""How webhooks and their deliveries are shown: to administrators, and to the system that they are for. Ids and times."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from app.domain.events.delivery import Delivery, DeliveryState, Fault
from app.domain.events.webhook import DisabledBecause, HeldBecause, Webhook
from app.domain.shared.ids import OrganisationId, SystemId, WebhookId
from app.domain.systems.account import SystemAccount
from app.services.ports.view import DESCRIBED


class WebhookState(StrEnum):
    """How a webhook stands."""

    ACTIVE = "active"
    FAILING = "failing"
    """The last attempt has failed; it is tried again."""
    DISABLED = "disabled"
    """Nothing is sent until somebody resumes it."""
    RESTING = "resting"
    """Nothing is sent while the system's account that it is for doesn't hold yet, or lacks `events.read`."""
    ENDED = "ended"
    """The system's account that it is for was revoked, or is over. Nothing is sent any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookView:
    """Where events are sent, and how it goes. Its secret isn't shown again."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: WebhookId
    """Id of the webhook."""
    organisation_id: OrganisationId
    """The organisation."""
    system_id: SystemId | None
    """The system's account that it is for, and ends with; null: the organisation's administrators."""
    url: str
    """Where events are sent."""
    purpose: str
    """What it is for."""
    types: list[str]
    """The types that it wants; none: all that whoever it is for may know of."""
    state: WebhookState
    """How it stands now."""
    registered_at: datetime
    """When it was registered (UTC)."""
    failing_since: datetime | None
    """Since when nothing has arrived (UTC); null: the last attempt did."""
    disabled_at: datetime | None
    """When it was disabled (UTC)."""
    disabled_because: DisabledBecause | None
    """Why: the receiver answered 410 (`gone`), or nothing has arrived for days (`failing`)."""
    overlap_until: datetime | None
    """Until when an earlier secret is signed with, too (UTC)."""
    version: int
    """Rises with each change; send it back when you change something."""

    @classmethod
    def of(cls, webhook: Webhook, account: SystemAccount | None, now: datetime) -> "WebhookView":
        """The webhook as it stands at an instant, with the account that it is for."""
        held = webhook.held(account, now)
        going = WebhookState.ACTIVE if webhook.failing_since is None else WebhookState.FAILING
        overlap = webhook.overlap_until
        return cls(
            id=webhook.id,
            organisation_id=webhook.organisation_id,
            system_id=webhook.system_id,
            url=webhook.url,
            purpose=webhook.purpose,
            types=list(webhook.types),
            state=going if held is None else WebhookState(held.value),
            registered_at=webhook.registered_at,
            failing_since=webhook.failing_since,
            disabled_at=webhook.disabled_at,
            disabled_because=webhook.disabled_because,
            overlap_until=overlap if overlap is not None and overlap > now else None,
            version=webhook.version,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSecretView:
    """A webhook with its new secret, which is shown this one time."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    webhook: WebhookView
    """The webhook."""
    secret: str
    """What its events are signed with from now on (Standard Webhooks, `whsec_…`). Keep it; it isn't shown again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One event on its way to a webhook. What the receiver has answered is its status alone; its words are never kept."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    webhook_id: WebhookId
    """Id of the webhook."""
    event_id: UUID
    """Id of the event, and the `webhook-id` of every attempt."""
    type: str
    """What happened; `webhook.test` for a test."""
    subject: UUID
    """What it is about: of one subject the next event waits until this one has ended."""
    occurred_at: datetime
    """When it happened (UTC)."""
    state: DeliveryState
    """How it stands."""
    attempts: int
    """How often it was tried, all together: also before it was sent once more, or its webhook was resumed."""
    next_at: datetime | None
    """When it is tried next (UTC); null: it has ended, is held, or waits for an earlier event of its subject."""
    held_because: HeldBecause | None
    """Why it waits and isn't tried: what holds its webhook now. Null: nothing does, or it has ended."""
    last_at: datetime | None
    """When it was tried last (UTC)."""
    status: int | None
    """What the receiver answered last; null: nothing."""
    fault: Fault | None
    """Why the last attempt has failed; null: it hasn't, or there was none yet."""
    ended_at: datetime | None
    """When it arrived or was given up (UTC)."""

    @classmethod
    def of(cls, delivery: Delivery, held: HeldBecause | None) -> "DeliveryView":
        """The delivery, for whoever looks after its webhook, which is held by what is said."""
        waits = delivery.state is DeliveryState.WAITING
        return cls(
            webhook_id=delivery.webhook_id,
            event_id=delivery.event_id,
            type=delivery.type,
            subject=delivery.subject,
            occurred_at=delivery.occurred_at,
            state=delivery.state,
            attempts=delivery.tries,
            next_at=delivery.next_at if held is None else None,
            held_because=held if waits else None,
            last_at=delivery.last_at,
            status=delivery.status,
            fault=delivery.fault,
            ended_at=delivery.ended_at,
        )
