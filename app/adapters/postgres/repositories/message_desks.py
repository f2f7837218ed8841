"""Whom a worker has to look at, without entering an organisation in which there is nobody to look at.

Which organisations there are, the worker's role sees in `due_work` in one statement, however many have nothing due. Then
there is one short transaction in each of them, in the service's role and behind its wall: of nobody more than an id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
from sqlalchemy import ColumnElement, DateTime, and_, func, literal_column, select, update

from app.adapters.postgres.repositories.messages import SETTING
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.working import DueWorkRow
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance, Shift, no_shift
from app.domain.shared.ids import NOBODY, OrganisationId, PersonId

DUE = col.table_of(DueWorkRow)
CALLED: ColumnElement[str] = literal_column("'messages'")
"""The kind of work: of each organisation one row, due when somebody there is. A trigger moves it (migration 0045)."""
CLAIMED_FOR = timedelta(minutes=5)
"""How long somebody who is being looked at isn't given to another; messages have a guard of their own."""
_DUE = Statement(
    select(DUE.c.organisation_id)
    .where(DUE.c.kind == CALLED, DUE.c.due_at <= service_clock())
    .order_by(DUE.c.due_at)
    .limit(p("most"))
)
_OURS = and_(
    DUE.c.organisation_id == p("organisation_id"),
    DUE.c.kind == CALLED,
    DUE.c.subject == p("organisation_id"),
)
# While it is ours, whoever has something that is due sooner waits to say so, and whoever else looks goes on to the next.
_TAKE_TURN = Statement(select(DUE.c.subject).where(_OURS).with_for_update(skip_locked=True))
_NEVER = literal_column("'infinity'::timestamptz", DateTime(timezone=True))
_CALL_AGAIN = Statement(
    update(DUE)
    .where(_OURS)
    .values(
        due_at=func.coalesce(
            select(func.min(SETTING.c.look_at))
            .where(SETTING.c.organisation_id == p("organisation_id"))
            .scalar_subquery(),
            _NEVER,
        )
    )
)
_NEXT = (
    select(SETTING.c.person_id)
    .where(SETTING.c.organisation_id == p("organisation_id"), SETTING.c.look_at <= service_clock())
    .order_by(SETTING.c.look_at, SETTING.c.person_id)
    .limit(p("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = Statement(
    update(SETTING)
    .where(SETTING.c.organisation_id == p("organisation_id"), SETTING.c.person_id.in_(_NEXT))
    .values(look_at=service_clock() + p("lease"))
    .returning(SETTING.c.person_id)
)


@dataclass(slots=True)
class PostgresDesks:
    """See `services.messages.ports.Desks`."""

    pool: asyncpg.Pool[Any]
    worker: asyncpg.Pool[Any]
    chance: Chance
    shift: Shift = no_shift

    async def claim(self, most: int) -> list[tuple[OrganisationId, PersonId]]:
        async def called(connection: Any) -> list[OrganisationId]:
            rows = await _DUE.fetch(connection, most=most, shift=self.shift())
            return [OrganisationId(row["organisation_id"]) for row in rows]

        found: list[tuple[OrganisationId, PersonId]] = []
        for organisation in await run_again(self.worker, None, called, self.chance):
            if len(found) >= most:
                break
            found += [(organisation, each) for each in await self.claim_in(organisation, most - len(found))]
        return found

    async def claim_in(self, organisation: OrganisationId, most: int) -> list[PersonId]:
        """Some of one organisation; nobody where another is looking through it."""
        opening = (
            f"begin; select set_config('app.person', '{NOBODY}', true),"
            f" set_config('app.organisation', '{organisation}', true)"
        )

        async def once(connection: Any) -> list[PersonId]:
            here = {"organisation_id": organisation}
            if await _TAKE_TURN.value(connection, **here) is None:
                return []
            rows = await _CLAIM.fetch(connection, most=most, lease=CLAIMED_FOR, shift=self.shift(), **here)
            await _CALL_AGAIN.run(connection, **here)
            return [PersonId(row["person_id"]) for row in rows]

        return await run_again(self.pool, opening, once, self.chance)
