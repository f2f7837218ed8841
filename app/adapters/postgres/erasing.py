"""The one transaction that erases one person, in all of their organisations; as the role `verksted_eraser`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from sqlalchemy import delete, select

from app.adapters.postgres.bell import Bell
from app.adapters.postgres.outbox import into_feed, into_outbox
from app.adapters.postgres.people import PERSON
from app.adapters.postgres.repositories.access_log import PostgresAccessLog
from app.adapters.postgres.repositories.organisations import AFFILIATION
from app.adapters.postgres.role_safety import refuse_unsafe
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.people import ErasureRow
from app.adapters.postgres.traces import PostgresTraces, clear, left, values_of
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.postgres.work import Chance, Shift, Work, no_shift
from app.domain.audit.entry import Access
from app.domain.keeping.erasure import Erasure
from app.domain.shared.actor import Actor
from app.domain.shared.ids import NOBODY, BallotId, OrganisationId, PersonId
from app.services.keeping.ports import Erasing, ErasingUnitOfWork
from app.services.ports.vault import Vault

R = TypeVar("R")
PATIENCE = 60.0
"""Seconds for one statement: looking through every column of a large organisation takes its time."""
ERASURE = col.table_of(ErasureRow)
_LOCK = Statement(select(PERSON.c.id).where(PERSON.c.id == p("person_id")).with_for_update())
_CLOCK = Statement(select(service_clock()))
_ORGANISATIONS = Statement(
    select(AFFILIATION.c.organisation_id)
    .where(AFFILIATION.c.person_id == p("person_id"))
    .order_by(AFFILIATION.c.organisation_id)
)
_BEGIN = inserting(ERASURE)
_UNFINISHED = Statement(select(*ERASURE.columns).order_by(ERASURE.c.erased_at))
_FINISHED = Statement(delete(ERASURE).where(ERASURE.c.person_id == p("person_id")))
_ENTER = "select enter($1, $2)"
_OUTSIDE = "select set_config('app.organisation', $1, true)"


class ErasingWork(PostgresUnitOfWork):
    """See `services.keeping.ports.ErasingUnitOfWork`: the unit of work of all features, and what leads to the person."""

    @property
    def traces(self) -> PostgresTraces:
        return PostgresTraces(self.work)


@dataclass(slots=True)
class PostgresErasing:
    """See `services.keeping.ports.Erasing`."""

    connection: Any
    person: PersonId
    chance: Chance
    shift: Shift
    vault: Vault
    bell: Bell | None = None
    told: list[tuple[Work, list[dict[str, Any]]]] = field(default_factory=list)
    """What is for the feeds, which are written at the very end: whoever holds a feed waits for nobody."""

    async def lock(self) -> bool:
        return await _LOCK.value(self.connection, person_id=self.person) is not None

    async def organisations(self) -> list[OrganisationId]:
        rows = await _ORGANISATIONS.fetch(self.connection, person_id=self.person)
        return [OrganisationId(row["organisation_id"]) for row in rows]

    async def within(
        self, organisation: OrganisationId, work: Callable[[ErasingUnitOfWork], Awaitable[R]]
    ) -> R:
        await self.connection.fetchval(_ENTER, self.person, organisation)
        here = Work(
            self.connection, organisation, self.person, self.chance, self.shift, self.vault, bell=self.bell
        )
        done = await work(ErasingWork(here))
        self.told.append((here, await into_outbox(here)))
        await self.connection.fetchval(_OUTSIDE, str(NOBODY))
        return done

    async def clear(self) -> Counter[str]:
        return await clear(self.connection, values_of(self.person), tenant=False)

    async def left(self) -> list[str]:
        return await left(self.connection, values_of(self.person), tenant=False)

    async def note(self, actor: Actor, access: Access) -> None:
        outside = Work(self.connection, OrganisationId(NOBODY), self.person, self.chance, self.shift)
        outside.tell(await _CLOCK.value(self.connection, shift=self.shift()))
        await PostgresAccessLog(outside).note(actor, access)

    async def begin(self, gone: Mapping[str, int]) -> Erasure:
        now = await _CLOCK.value(self.connection, shift=self.shift())
        counted = {name: number for name, number in gone.items() if number}
        await _BEGIN.run(self.connection, person_id=self.person, erased_at=now, gone=counted)
        for here, rows in sorted(self.told, key=lambda each: each[0].organisation):
            if rows:
                await self.connection.fetchval(_OUTSIDE, str(here.organisation))
                await into_feed(here, rows)
        return Erasure(person=self.person, erased_at=now, gone=counted)


@dataclass(slots=True)
class PostgresErasures:
    """See `services.keeping.ports.Erasures`. The pool holds no connection as long as nobody is erased."""

    pool: asyncpg.Pool[Any]
    chance: Chance
    vault: Vault
    count: Callable[[BallotId], Awaitable[None]]
    shift: Shift = no_shift
    durable: bool = True
    bell: Bell | None = None

    async def run(self, person: PersonId, work: Callable[[Erasing], Awaitable[R]]) -> R:
        opening = (
            f"begin; set local statement_timeout = '{PATIENCE:.0f}s';"
            f" select set_config('app.person', '{UUID(str(person))}', true),"
            f" set_config('app.organisation', '{NOBODY}', true)"
        )

        async def once(connection: Any) -> R:
            await refuse_unsafe(connection, durable=self.durable)
            return await work(
                PostgresErasing(connection, person, self.chance, self.shift, self.vault, self.bell)
            )

        return await run_again(self.pool, opening, once, self.chance, self.count)

    async def unfinished(self) -> list[Erasure]:
        async def once(connection: Any) -> list[Erasure]:
            return [
                Erasure(person=PersonId(row["person_id"]), erased_at=row["erased_at"], gone=row["gone"])
                for row in await _UNFINISHED.fetch(connection)
            ]

        return await run_again(self.pool, None, once, self.chance)

    async def finished(self, person: PersonId) -> None:
        async def once(connection: Any) -> None:
            await _FINISHED.run(connection, person_id=person)

        await run_again(self.pool, "begin", once, self.chance)
