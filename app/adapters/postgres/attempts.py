"""Attempts where guessing could pay, counted for all replicas together."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
from sqlalchemy import Interval, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.system import AttemptRow
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance, Shift, no_shift
from app.services.ports.attempts import Quota

ATTEMPT = col.table_of(AttemptRow)
_NOW = func.statement_timestamp() + p("shift", Interval)
_STEP, _SPAN = p("step", Interval), p("span", Interval)
_NEW = insert(ATTEMPT).values(who_hash=p("who_hash"), whole_at=_NOW + _STEP)
_NEXT = func.greatest(ATTEMPT.c.whole_at, _NOW) + _STEP
# One row and one statement for each who tries, so nobody waits for anybody else. PostgreSQL rounds to microseconds.
_TAKE = Statement(
    _NEW.on_conflict_do_update(
        constraint="pk_attempt",
        set_={"whole_at": _NEXT},
        where=_NOW + _SPAN + timedelta(milliseconds=1) >= _NEXT,
    ).returning(func.extract("epoch", ATTEMPT.c.whole_at - _NOW).label("backlog"))
)
_OVER = (
    select(ATTEMPT.c.who_hash).where(ATTEMPT.c.whole_at < _NOW).limit(500).with_for_update(skip_locked=True)
)
_FORGET = Statement(delete(ATTEMPT).where(ATTEMPT.c.who_hash.in_(_OVER)))
_FORGET_EACH = 64


@dataclass(slots=True)
class PostgresAttempts:
    """See `services.ports.attempts.Attempts`. Rows whose time is over say nothing any more, and go now and then."""

    pool: asyncpg.Pool[Any]
    chance: Chance
    key: bytes
    """Hashes whoever tries, so that the table is no register of who was where (P-h16)."""
    shift: Shift = no_shift
    _taken: int = 0

    async def take(self, purpose: str, who: str, quota: Quota) -> float | None:
        """See the port."""
        who_hash = hmac.digest(self.key, f"{purpose}\x00{who}".encode(), "sha256")
        self._taken += 1
        forgets = self._taken % _FORGET_EACH == 0

        async def once(connection: Any) -> float | None:
            if forgets:
                await _FORGET.run(connection, shift=self.shift())
            backlog = await _TAKE.value(
                connection,
                who_hash=who_hash,
                step=timedelta(seconds=quota.step),
                span=timedelta(seconds=quota.seconds),
                shift=self.shift(),
            )
            return None if backlog is None else float(backlog)

        return await run_again(self.pool, None, once, self.chance)
