"""Whose turn a duty is, among all workers: one row each, and one statement for each step, so nobody waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
from sqlalchemy import Interval, func, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.working import DutyTurnRow
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance

TURN = col.table_of(DutyTurnRow)
# The real clock, also where tests move the service's: a turn is about processes, not about what people have arranged.
_NOW = func.statement_timestamp()
_LATER = _NOW + p("later", Interval)
_NEW = insert(TURN).values(name=p("name"), due_at=_LATER)
_TAKE = Statement(
    _NEW.on_conflict_do_update(
        constraint="pk_duty_turn", set_={"due_at": _LATER}, where=TURN.c.due_at <= _NOW
    ).returning(TURN.c.name)
)
_DONE = Statement(update(TURN).where(TURN.c.name == p("of")).values(due_at=_LATER))


@dataclass(frozen=True, slots=True)
class PostgresTurns:
    """See `services.ports.duty.Turns`."""

    pool: asyncpg.Pool[Any]
    chance: Chance

    async def take(self, duty: str, hold: timedelta) -> bool:
        async def once(connection: Any) -> bool:
            return await _TAKE.value(connection, name=duty, later=hold) is not None

        return await run_again(self.pool, None, once, self.chance)

    async def done(self, duty: str, rest: timedelta) -> None:
        async def once(connection: Any) -> int:
            return await _DONE.run(connection, of=duty, later=rest)

        await run_again(self.pool, None, once, self.chance)
