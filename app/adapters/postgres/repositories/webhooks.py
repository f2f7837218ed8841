"""Webhooks and their deliveries, for those who look after them. What the worker does: `adapters.postgres.sending`."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    delete,
    exists,
    func,
    literal_column,
    not_,
    select,
    update,
)

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.events import FeedEventRow, WebhookDeliveryRow, WebhookRow
from app.adapters.postgres.tables.working import DueWorkRow
from app.adapters.postgres.work import Work
from app.domain.events.delivery import Delivery, DeliveryState
from app.domain.events.errors import DeliveryNotFound, WebhookNotFound
from app.domain.events.webhook import Webhook
from app.domain.shared.ids import WebhookId

WEBHOOK, DELIVERY = col.table_of(WebhookRow), col.table_of(WebhookDeliveryRow)
FEED, DUE = col.table_of(FeedEventRow), col.table_of(DueWorkRow)
KIND = "webhook"
STILL: ColumnElement[str] = literal_column(f"'{DeliveryState.WAITING.value}'")
"""Not a parameter: an index of what waits couldn't be used for one."""
WAITING = DELIVERY.c.state == STILL
_WEBHOOKS, _DELIVERIES = Mapper(Webhook, WEBHOOK), Mapper(Delivery, DELIVERY)
_HERE = WEBHOOK.c.organisation_id == p("organisation_id")
_THERE = DELIVERY.c.organisation_id == p("organisation_id")
_LOAD = select(*WEBHOOK.columns, service_clock().label("clock")).where(_HERE)
ALL = Statement(_LOAD.order_by(WEBHOOK.c.registered_at.desc(), WEBHOOK.c.id))
GET = Statement(_LOAD.where(WEBHOOK.c.id == p("id_")))
# No key: the foreign key of a delivery that is written down meanwhile needn't wait.
LOCK = Statement(select(WEBHOOK.c.id).where(_HERE, WEBHOOK.c.id == p("id_")).with_for_update(key_share=True))
_ONE_BY_ONE = Statement(select(func.pg_advisory_xact_lock(34, func.hashtext(p("organisation", Text)))))
_COUNT = Statement(select(func.count()).select_from(WEBHOOK).where(_HERE))
_NEWEST = Statement(
    select(func.coalesce(func.max(FEED.c.position), 0)).where(FEED.c.organisation_id == p("organisation_id"))
)
_ADD = inserting(WEBHOOK)
_ADD_DUE = inserting(DUE, without=("taken_until", "waiting_since"))
_CHANGED = ("url", "purpose", "types", "secrets_sealed", "overlap_until", "failing_since", "disabled_at")
_SAVED = (*_CHANGED, "disabled_because", "warned_at", "version")
_SAVE = Statement(
    update(WEBHOOK)
    .where(WEBHOOK.c.organisation_id == p("key_org"), WEBHOOK.c.id == p("key_id"))
    .values({name: p(f"new_{name}") for name in _SAVED})
)
OF_IT = and_(_THERE, DELIVERY.c.webhook_id == p("webhook"))
_DUE_FOR_IT = and_(
    DUE.c.organisation_id == p("organisation_id"), DUE.c.kind == KIND, DUE.c.subject == p("webhook")
)
_REMOVE_DELIVERIES = Statement(delete(DELIVERY).where(OF_IT))
_REMOVE_DUE = Statement(delete(DUE).where(_DUE_FOR_IT))
_REMOVE = Statement(delete(WEBHOOK).where(_HERE, WEBHOOK.c.id == p("webhook")))
_WAKE = Statement(update(DUE).where(_DUE_FOR_IT).values(due_at=func.clock_timestamp()))

ADD_DELIVERY = inserting(DELIVERY)
_ONE = Statement(select(*DELIVERY.columns).where(OF_IT, DELIVERY.c.event_id == p("event")))
_SAVED_OF_DELIVERY = ("state", "attempts", "attempts_before", "next_at", "ended_at", "put_off_seconds")
_SAVE_DELIVERY = Statement(
    update(DELIVERY)
    .where(OF_IT, DELIVERY.c.event_id == p("event"))
    .values({name: p(f"new_{name}") for name in _SAVED_OF_DELIVERY})
)
_EARLIER = DELIVERY.alias()
IS_FIRST = not_(
    exists().where(
        _EARLIER.c.organisation_id == DELIVERY.c.organisation_id,
        _EARLIER.c.webhook_id == DELIVERY.c.webhook_id,
        _EARLIER.c.subject == DELIVERY.c.subject,
        _EARLIER.c.state == STILL,
        _EARLIER.c.number < DELIVERY.c.number,
    )
)
_LET_GO = Statement(
    update(DELIVERY)
    .where(OF_IT, WAITING, IS_FIRST)
    .values(
        attempts=0,
        attempts_before=DELIVERY.c.attempts_before + DELIVERY.c.attempts,
        put_off_seconds=0,
        next_at=func.clock_timestamp(),
    )
)


def to_webhook(row: Any) -> Webhook:
    return _WEBHOOKS.to_entity(row)


def to_delivery(row: Any) -> Delivery:
    return _DELIVERIES.to_entity(row)


def values_of(delivery: Delivery) -> dict[str, Any]:
    """The row of a delivery."""
    ids = {name: str(value) for name, value in delivery.ids.items()}
    return _DELIVERIES.to_values(delivery) | {"ids": ids}


@dataclass(slots=True)
class PostgresWebhooks:
    """See `services.events.webhook_ports.Webhooks`."""

    work: Work

    async def all(self) -> list[Webhook]:
        rows = await ALL.fetch(self.work.connection, **self.work.scope())
        return [to_webhook(row) for row in rows]

    async def count_locked(self) -> int:
        await _ONE_BY_ONE.value(self.work.connection, organisation=str(self.work.organisation))
        count: int = await _COUNT.value(self.work.connection, organisation_id=self.work.organisation)
        return count

    async def newest_position(self) -> int:
        newest: int = await _NEWEST.value(self.work.connection, organisation_id=self.work.organisation)
        return newest

    async def add(self, webhook: Webhook) -> None:
        await _ADD.run(self.work.connection, **_WEBHOOKS.to_values(webhook) | {"types": list(webhook.types)})
        due = {"organisation_id": webhook.organisation_id, "kind": KIND, "subject": webhook.id}
        await _ADD_DUE.run(self.work.connection, **due, due_at=self.work.now)

    async def get(self, webhook: WebhookId) -> Webhook:
        row = await GET.row(self.work.connection, **self.work.scope(id_=webhook))
        if row is None:
            raise WebhookNotFound
        self.work.tell(row["clock"])
        return to_webhook(row)

    async def lock(self, webhook: WebhookId) -> Webhook:
        await LOCK.row(self.work.connection, organisation_id=self.work.organisation, id_=webhook)
        return await self.get(webhook)

    async def save(self, webhook: Webhook) -> None:
        webhook.version += 1
        values = _WEBHOOKS.to_values(webhook) | {"types": list(webhook.types)}
        changed = {f"new_{name}": values[name] for name in _SAVED}
        await _SAVE.run(self.work.connection, key_org=webhook.organisation_id, key_id=webhook.id, **changed)

    async def remove(self, webhook: WebhookId) -> None:
        for statement in (_REMOVE_DELIVERIES, _REMOVE_DUE, _REMOVE):
            await statement.run(self.work.connection, organisation_id=self.work.organisation, webhook=webhook)

    async def wake(self, webhook: WebhookId) -> None:
        await _WAKE.run(self.work.connection, organisation_id=self.work.organisation, webhook=webhook)


@dataclass(slots=True)
class PostgresDeliveries:
    """See `services.events.webhook_ports.Deliveries`."""

    work: Work

    async def add(self, delivery: Delivery) -> None:
        await ADD_DELIVERY.run(self.work.connection, **values_of(delivery))

    async def get(self, webhook: WebhookId, event: UUID) -> Delivery:
        row = await _ONE.row(
            self.work.connection, organisation_id=self.work.organisation, webhook=webhook, event=event
        )
        if row is None:
            raise DeliveryNotFound
        return to_delivery(row)

    async def save(self, delivery: Delivery) -> None:
        await _SAVE_DELIVERY.run(
            self.work.connection,
            organisation_id=delivery.organisation_id,
            webhook=delivery.webhook_id,
            event=delivery.event_id,
            **{f"new_{name}": getattr(delivery, name) for name in _SAVED_OF_DELIVERY},
        )

    async def let_go(self, webhook: WebhookId) -> None:
        await _LET_GO.run(self.work.connection, organisation_id=self.work.organisation, webhook=webhook)
