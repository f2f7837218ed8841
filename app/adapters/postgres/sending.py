"""Deliveries as the worker sees them. It works as `verksted_worker`: what is due it finds in `due_work`, and for the rest
it enters the organisation.

Feed → deliveries: a webhook's position moves in the transaction that writes the deliveries down, and numbers of the feed
are in the order of commits (ADR 60); so no event is missed and none is written down twice. Of each subject only the first
that waits has a time (`next_at`); whoever ends it gives the next one its time. Both lock the webhook, so that neither
passes the other by.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from app.adapters.postgres import sending_statements as sql
from app.adapters.postgres.outbox import keep_events
from app.adapters.postgres.repositories.systems import PostgresSystemAccounts
from app.adapters.postgres.repositories.webhooks import ADD_DELIVERY, PostgresWebhooks, to_delivery, values_of
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance, Shift, Work, no_shift
from app.domain.events.catalogue import CATALOGUE
from app.domain.events.delivery import Answer, Delivery, DeliveryState, Fault, Schedule
from app.domain.events.errors import WebhookNotFound
from app.domain.events.event_type import told_to
from app.domain.events.webhook import TEST, Webhook, in_use, knows
from app.domain.shared.ids import OrganisationId, WebhookId
from app.domain.systems.account import SystemAccount
from app.services.events.sending import Outgoing, Taken
from app.services.events.webhook_ports import Secrets

R = TypeVar("R")
HOLD = timedelta(seconds=60)
"""For so long a webhook, and an attempt, belongs to the worker that has taken it: several times what an attempt takes."""
NET = timedelta(minutes=10)
"""A webhook is looked at so often, whatever was told: an account that holds again sends no word."""
EVENTS_AT_ONCE = 200
_CHANCES = 1 << 16


class CanNotSign(RuntimeError):
    """The secrets of a webhook don't open: it was sealed under a secret of the service's that we haven't got."""


@dataclass(frozen=True, slots=True)
class PostgresDesk:
    """See `services.events.sending.Desk`."""

    pool: asyncpg.Pool[Any]
    chance: Chance
    secrets: Secrets
    shift: Shift = no_shift
    schedule: Schedule = field(default_factory=Schedule)
    hold_for: timedelta = HOLD

    async def take(self, most: int) -> list[Taken]:
        async def once(connection: Any) -> list[Taken]:
            rows = await sql.TAKE.fetch(connection, shift=self.shift(), hold=self.hold_for, most=most)
            return [
                Taken(OrganisationId(row["organisation_id"]), WebhookId(row["subject"]), row["taken_until"])
                for row in rows
            ]

        return await run_again(self.pool, None, once, self.chance)

    async def hold(self, taken: Taken) -> Taken | None:
        async def once(connection: Any) -> datetime | None:
            until: datetime | None = await sql.HOLD.value(connection, hold=self.hold_for, **_key(taken))
            return until

        until = await run_again(self.pool, None, once, self.chance)
        return None if until is None else Taken(taken.organisation_id, taken.webhook_id, until)

    async def begin(self, taken: Taken, most: int) -> list[Outgoing]:
        async def once(work: Work) -> list[Outgoing]:
            webhook = await _locked(work, taken.webhook_id)
            if webhook is None:
                return []
            account = await _account(work, webhook)
            types = webhook.sends(account, work.now)
            if types is None:
                return []
            await self._write_down(work, webhook, types)
            return await self._attempts(work, webhook, account, most)

        return await self._within(taken.organisation_id, once)

    async def _write_down(self, work: Work, webhook: Webhook, types: Sequence[str]) -> None:
        here = {"organisation_id": work.organisation, "webhook": webhook.id}
        happened = await sql.HAPPENED.fetch(
            work.connection,
            organisation_id=work.organisation,
            position=webhook.position,
            limit=EVENTS_AT_ONCE,
        )
        if not happened:
            return
        # What happens with itself a webhook isn't told: it would be told when it works again, and know.
        wanted = [row for row in happened if row["type"] in types and row["subject"] != webhook.id]
        subjects = list({row["subject"] for row in wanted})
        waiting = {row["subject"] for row in await sql.WAIT.fetch(work.connection, subjects=subjects, **here)}
        made = []
        for row in wanted:
            made.append(_delivery(row, webhook, work.now, is_first=row["subject"] not in waiting))
            waiting.add(row["subject"])
        await ADD_DELIVERY.run_many(work.connection, [values_of(each) for each in made])
        await sql.MOVE.run(work.connection, position=happened[-1]["position"], **here)

    async def _attempts(
        self, work: Work, webhook: Webhook, account: SystemAccount | None, most: int
    ) -> list[Outgoing]:
        secrets = self.secrets.open(webhook.organisation_id, webhook.id, webhook.secrets_sealed)
        if not secrets:
            raise CanNotSign
        told = {*told_to(CATALOGUE.values(), knows(account, work.now) or set()), TEST}
        here = {"organisation_id": work.organisation, "webhook": webhook.id}
        rows = await sql.FIRST.fetch(work.connection, now=work.now, limit=most, **here)
        begun = []
        for delivery in map(to_delivery, rows):
            hopeless = self.schedule.is_hopeless(delivery.attempts)
            if delivery.type not in told or hopeless:
                delivery.withhold(Fault.INTERRUPTED if hopeless else Fault.NOT_TOLD, work.now)
                await self._save(work, delivery)
                continue
            delivery.attempts += 1
            delivery.last_at, delivery.next_at = work.now, work.now + self.hold_for
            begun.append(delivery)
        await sql.SAVE.run_many(work.connection, [_changed(each) for each in begun])
        signed = tuple(in_use(secrets, work.now))
        return [Outgoing(each, webhook.url, signed) for each in begun]

    async def end(self, outgoing: Outgoing, answer: Answer) -> None:
        sent = outgoing.delivery
        chance = self.chance.bits(16) / _CHANCES

        async def once(work: Work) -> None:
            webhook = await _locked(work, sent.webhook_id)
            if webhook is None:
                return
            here = {"organisation_id": work.organisation, "webhook": sent.webhook_id}
            row = await sql.ONE.row(work.connection, event=sent.event_id, **here)
            if row is None:
                return
            delivery = to_delivery(row)
            same = (delivery.attempts_before, delivery.attempts) == (sent.attempts_before, sent.attempts)
            if delivery.state is not DeliveryState.WAITING or not same:
                return  # we were too slow: it was taken by another, or sent again by hand
            before = _standing(webhook)
            happened = delivery.note(answer, webhook, work.now, self.schedule, chance)
            await self._save(work, delivery)
            stands = _standing(webhook)
            if stands != before:
                await sql.STANDS.run(work.connection, **stands, **here)
            if happened is not None:
                work.events.append(happened)
                await keep_events(work)

        await self._within(sent.organisation_id, once)

    async def _save(self, work: Work, delivery: Delivery) -> None:
        await sql.SAVE.run(work.connection, **_changed(delivery))
        if delivery.ended_at is not None:
            await sql.NEXT.run(
                work.connection,
                organisation_id=work.organisation,
                webhook=delivery.webhook_id,
                subject=delivery.subject,
                now=work.now,
            )

    async def put_back(self, taken: Taken) -> None:
        async def once(work: Work) -> None:
            if await sql.MINE.value(work.connection, **_key(taken)) is None:
                return
            # From here on whoever tells of something new waits for us, so that what we see now is all there is.
            due_at, since = await self._due(work, taken.webhook_id)
            await sql.PUT_BACK.run(
                work.connection, at=due_at, since=since, **{f"of_{k}": v for k, v in _key(taken).items()}
            )

        await self._within(taken.organisation_id, once)

    async def _due(self, work: Work, webhook_id: WebhookId) -> tuple[datetime, datetime | None]:
        here = {"organisation_id": work.organisation, "webhook": webhook_id}
        try:
            webhook = await PostgresWebhooks(work).get(webhook_id)
        except WebhookNotFound:
            return await _clock(work) + NET, None
        latest = work.now + NET
        if webhook.sends(await _account(work, webhook), work.now) is None:
            return latest, None
        await sql.MEND.run(work.connection, now=work.now, **here)
        row = await sql.STATE.row(work.connection, position=webhook.position, **here)
        assert row is not None
        if row["has_more"]:
            return work.now, row["since"]
        return min(row["next_at"] or latest, latest), row["since"]

    async def waiting_since(self) -> datetime | None:
        async def once(connection: Any) -> datetime | None:
            since: datetime | None = await sql.WAITING_SINCE.value(connection)
            return since

        return await run_again(self.pool, None, once, self.chance)

    async def _within(self, organisation: OrganisationId, work: Callable[[Work], Awaitable[R]]) -> R:
        opening = f"begin; select set_config('app.organisation', '{UUID(str(organisation))}', true)"

        async def once(connection: Any) -> R:
            return await work(Work(connection, organisation, None, self.chance, self.shift))

        return await run_again(self.pool, opening, once, self.chance)


async def _locked(work: Work, webhook: WebhookId) -> Webhook | None:
    try:
        return await PostgresWebhooks(work).lock(webhook)
    except WebhookNotFound:
        return None


async def _account(work: Work, webhook: Webhook) -> SystemAccount | None:
    return None if webhook.system_id is None else await PostgresSystemAccounts(work).get(webhook.system_id)


async def _clock(work: Work) -> datetime:
    return work.tell(await sql.CLOCK.value(work.connection, shift=work.shift()))


def _key(taken: Taken) -> dict[str, Any]:
    return {
        "organisation_id": taken.organisation_id,
        "subject": taken.webhook_id,
        "until": taken.until,
    }


def _standing(webhook: Webhook) -> dict[str, Any]:
    return {name: getattr(webhook, name) for name in sql.STANDING}


def _changed(delivery: Delivery) -> dict[str, Any]:
    return {
        "organisation_id": delivery.organisation_id,
        "webhook": delivery.webhook_id,
        "event": delivery.event_id,
        **{f"new_{name}": getattr(delivery, name) for name in sql.CHANGED},
    }


def _delivery(row: Any, webhook: Webhook, now: datetime, *, is_first: bool) -> Delivery:
    return Delivery(
        organisation_id=webhook.organisation_id,
        webhook_id=webhook.id,
        event_id=row["id"],
        number=row["position"],
        type=row["type"],
        subject=row["subject"],
        ids={name: UUID(value) for name, value in row["ids"].items()},
        occurred_at=row["occurred_at"],
        made_at=now,
        state=DeliveryState.WAITING,
        attempts=0,
        next_at=now if is_first else None,
        last_at=None,
        status=None,
        fault=None,
        ended_at=None,
    )
