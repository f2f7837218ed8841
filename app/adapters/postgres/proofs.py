"""Which proofs of possession have been shown (RFC 9449): remembered in the database, so that it holds for all replicas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
from sqlalchemy import Interval, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.system import ShownProofRow
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance

_SHOWN = col.table_of(ShownProofRow)
_SWEPT_AT_ONCE = 20
_OLD = (
    select(_SHOWN.c.digest)
    .where(_SHOWN.c.forget_at < func.now())
    .order_by(_SHOWN.c.forget_at)
    .limit(_SWEPT_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_USE = Statement(
    insert(_SHOWN)
    .values(digest=p("digest"), forget_at=func.now() + bindparam("kept", type_=Interval(), required=True))
    .on_conflict_do_nothing()
    .returning(_SHOWN.c.digest)
    .add_cte(delete(_SHOWN).where(_SHOWN.c.digest.in_(_OLD)).cte("swept"))
)
"""Each use takes up to twenty old ones away, so that the table stays as small as its last minutes."""


@dataclass(slots=True)
class PostgresProofs:
    """See `app.adapters.identity.dpop.Proofs`."""

    pool: asyncpg.Pool[Any]
    chance: Chance

    async def use_once(self, digest: bytes, kept: timedelta) -> bool:
        """One statement, one transaction of its own: the primary key decides between two that come at once."""

        async def once(connection: Any) -> bool:
            return await _USE.value(connection, digest=digest, kept=kept) is not None

        return await run_again(self.pool, None, once, self.chance)
