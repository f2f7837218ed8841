"""Ends what is past its time, a batch a transaction, as the role that erases; what has been ended is looked for again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from sqlalchemy import select

from app.adapters.postgres.erasing import PATIENCE
from app.adapters.postgres.retention_endings import (
    FORGET_ANSWERS,
    REGISTERED,
    deleting,
    emptying,
    looking,
    unlinking,
)
from app.adapters.postgres.retention_rules import PURGED, RULES, Rule
from app.adapters.postgres.statements import Statement, service_clock
from app.adapters.postgres.tables import metadata
from app.adapters.postgres.transact import run_again
from app.adapters.postgres.work import Chance, Shift, no_shift
from app.domain.keeping.past import Ending, Past
from app.domain.shared.ids import NOBODY, OrganisationId

R = TypeVar("R")
MOST = 500
"""Rows of one transaction: locks are held for as long as these take."""
_CLOCK = Statement(select(service_clock()))
_ORGANISATION = metadata.tables["organisation"]
_ALL = Statement(select(_ORGANISATION.c.id).order_by(_ORGANISATION.c.id))
_BECOME = "select set_config('app.person', $1, true)"


@cache
def _count(rule: Rule) -> Statement:
    return Statement(rule.count)


@dataclass(slots=True)
class PostgresRetention:
    """See `services.keeping.ports.Retention`."""

    pool: asyncpg.Pool[Any]
    chance: Chance
    shift: Shift = no_shift
    most: int = MOST

    async def instant(self) -> datetime:
        async def once(connection: Any) -> datetime:
            now: datetime = await _CLOCK.value(connection, shift=self.shift())
            return now

        return await run_again(self.pool, None, once, self.chance)

    async def organisations(self) -> list[OrganisationId]:
        async def once(connection: Any) -> list[OrganisationId]:
            return [OrganisationId(row["id"]) for row in await _ALL.fetch(connection)]

        return await run_again(self.pool, None, once, self.chance)

    async def past(self, organisation: OrganisationId, now: datetime) -> list[Past]:
        async def once(connection: Any) -> list[Past]:
            found = []
            for rule in (*PURGED, *RULES):
                rows = await _count(rule).value(connection, organisation_id=organisation, now=now)
                found.append(
                    Past(
                        organisation=organisation,
                        table=rule.table,
                        kept=rule.kept,
                        ending=rule.ending,
                        rows=rows,
                    )
                )
            return found

        return await self._within(organisation, once)

    async def end_some(self, past: Past, now: datetime) -> int:
        rule = next(each for each in RULES if (each.table, each.kept) == (past.table, past.kept))
        values = {"organisation_id": past.organisation, "now": now, "most": self.most}

        async def once(connection: Any) -> int:
            if rule.ending is Ending.UNLINKED:
                return await self._unlink(connection, rule, values)
            ending = deleting(rule) if rule.ending is Ending.DELETED else emptying(rule)
            return await ending.run(connection, **values)

        return await self._within(past.organisation, once)

    async def forget_answers(self, organisation: OrganisationId, now: datetime) -> int:
        async def once(connection: Any) -> int:
            gone = 0
            for row in await REGISTERED.fetch(connection, organisation_id=organisation):
                await connection.fetchval(_BECOME, str(row["person_id"]))
                gone += await FORGET_ANSWERS.run(connection, person_id=row["person_id"], now=now)
            return gone

        return await self._within(organisation, once)

    async def _unlink(self, connection: Any, rule: Rule, values: dict[str, Any]) -> int:
        """Each as whose it is: nobody else's transaction may end that a row is somebody's."""
        rows = await looking(rule).fetch(connection, **values)
        for row in rows:
            await connection.fetchval(_BECOME, str(row["person"]))
            for statement in unlinking(rule):
                await statement.run(connection, organisation_id=values["organisation_id"], row_id=row["id"])
        return len(rows)

    async def _within(self, organisation: OrganisationId, once: Callable[[Any], Awaitable[R]]) -> R:
        opening = (
            f"begin; set local statement_timeout = '{PATIENCE:.0f}s';"
            f" select set_config('app.person', '{NOBODY}', true),"
            f" set_config('app.organisation', '{UUID(str(organisation))}', true)"
        )
        return await run_again(self.pool, opening, once, self.chance)
