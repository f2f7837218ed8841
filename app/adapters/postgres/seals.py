"""Sealing the log of accesses, and looking whether it is what it was: as the role `verksted_audit`, which changes no entry.

A connection is opened for the moment. Two who seal at once wait for each other, and those who write entries never wait.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Uuid, and_, delete, exists, func, not_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.adapters.postgres.pool import CONNECT_SECONDS
from app.adapters.postgres.repositories.access_log import ENTRY
from app.adapters.postgres.statements import Statement, inserting, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.audit import AuditSealRow, AuditWaitingRow
from app.domain.audit.chain import (
    Anchor,
    Fault,
    Finding,
    Seal,
    check_anchors,
    check_entries,
    check_seal,
    leaf_of,
    seal,
)
from app.domain.shared.ids import organisation_of

WAITING = col.table_of(AuditWaitingRow)
SEAL = col.table_of(AuditSealRow)
MOST = 2_000
"""How many entries one seal holds at most."""
_LOCK = 0x7665726B_5EA1
_LAST = Statement(select(*SEAL.columns).order_by(SEAL.c.number.desc()).limit(1))
_TAKE = Statement(
    select(*ENTRY.columns)
    .join(
        WAITING, and_(WAITING.c.organisation_id == ENTRY.c.organisation_id, WAITING.c.entry_id == ENTRY.c.id)
    )
    .order_by(ENTRY.c.recorded_at, ENTRY.c.id)
    .limit(p("most"))
)
_DONE = Statement(
    delete(WAITING).where(
        WAITING.c.entry_id == func.any(p("ids", ARRAY(Uuid))),
        WAITING.c.organisation_id == func.any(p("organisations", ARRAY(Uuid))),
    )
)
_ADD = inserting(SEAL)
_SEALS = Statement(
    select(*SEAL.columns).where(SEAL.c.number > p("after")).order_by(SEAL.c.number).limit(p("most"))
)
_ENTRIES = Statement(
    select(*ENTRY.columns).where(
        ENTRY.c.organisation_id == func.any(p("organisations", ARRAY(Uuid))),
        ENTRY.c.id == func.any(p("ids", ARRAY(Uuid))),
    )
)
_WAITS = exists().where(
    WAITING.c.organisation_id == ENTRY.c.organisation_id, WAITING.c.entry_id == ENTRY.c.id
)
_SEALED = select(func.unnest(SEAL.c.entries))
_UNKNOWN = Statement(
    select(ENTRY.c.id).where(not_(_WAITS), ENTRY.c.id.not_in(_SEALED)).order_by(ENTRY.c.id).limit(100)
)
_TWICE = Statement(
    select(WAITING.c.entry_id).where(WAITING.c.entry_id.in_(_SEALED)).order_by(WAITING.c.entry_id).limit(100)
)
_STILL = Statement(select(func.count()).select_from(WAITING))
_COUNT = Statement(select(func.count()).select_from(SEAL))
_ANCHORS = Statement(select(SEAL.c.number, SEAL.c.digest).order_by(SEAL.c.number))
# Policy `over` decides what is past its time, not this statement.
_FORGET = Statement(delete(ENTRY).where(not_(_WAITS)))


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing has come to."""

    seals: int
    entries: int
    newest: Anchor | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What looking through the log has come to."""

    seals: int
    entries: int
    waiting: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PostgresSeals:
    """The chain of seals in this database."""

    url: str

    async def seal(self, *, wait: bool = True) -> Sealed:
        """Seal what waits. `wait`: for another who seals just now; else leave it to them."""
        seals = entries = 0
        newest: Seal | None = None
        async with self._connected() as connection:
            while True:
                async with connection.transaction():
                    if wait:
                        await connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
                    elif not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _LOCK):
                        break
                    row = await _LAST.row(connection)
                    newest = None if row is None else _seal(row)
                    rows = await _TAKE.fetch(connection, most=MOST)
                    if rows:
                        newest = await self._seal_over(connection, newest, rows)
                        seals, entries = seals + 1, entries + len(rows)
                if len(rows) < MOST:
                    break
        return Sealed(seals, entries, None if newest is None else Anchor(newest.number, newest.digest))

    async def _seal_over(self, connection: Any, last: Seal | None, rows: list[Any]) -> Seal:
        now = await connection.fetchval("select clock_timestamp()")
        made = seal(last, {row["id"]: leaf_of(dict(row)) for row in rows}, now)
        await _ADD.run(
            connection,
            number=made.number,
            sealed_at=made.sealed_at,
            entries=list(made.entries),
            leaves=b"".join(made.leaves),
            previous=made.previous,
            digest=made.digest,
        )
        await _DONE.run(connection, ids=list(made.entries), organisations=_homes(made.entries))
        return made

    async def forget(self) -> int:
        """Take out the entries whose time is over: the database itself decides which those are."""
        async with self._connected() as connection, connection.transaction():
            return await _FORGET.run(connection)

    async def anchors(self) -> list[Anchor]:
        """What others should keep: number and hash of each seal."""
        async with self._connected() as connection:
            return [Anchor(row["number"], bytes(row["digest"])) for row in await _ANCHORS.fetch(connection)]

    async def verify(
        self, anchors: Iterable[Anchor] = (), progress: Callable[[int, int], None] = lambda done, of: None
    ) -> Verified:
        """Look through the whole chain and all that it holds, as it stands at one instant."""
        findings: list[Finding] = []
        digests: dict[int, bytes] = {}
        previous: Seal | None = None
        seen = 0
        async with self._connected() as connection:
            await connection.execute("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0")
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                now = await connection.fetchval("select clock_timestamp()")
                count = await _COUNT.value(connection)
                while rows := await _SEALS.fetch(
                    connection, after=previous.number if previous else 0, most=50
                ):
                    for row in rows:
                        found = _seal(row)
                        there = await self._entries(connection, found)
                        findings += check_seal(previous, found)
                        findings += check_entries(previous, found, there, now)
                        digests[found.number] = found.digest
                        previous, seen = found, seen + len(there)
                    progress(len(digests), count)
                unknown = [row["id"] for row in await _UNKNOWN.fetch(connection)]
                twice = [row["entry_id"] for row in await _TWICE.fetch(connection)]
                waiting = await _STILL.value(connection)
        findings += [Finding(Fault.ENTRY_UNKNOWN, None, each) for each in unknown]
        findings += [Finding(Fault.ENTRY_TWICE, None, each) for each in twice]
        findings += check_anchors(anchors, digests)
        return Verified(len(digests), seen, waiting, tuple(findings))

    async def _entries(self, connection: Any, found: Seal) -> dict[UUID, tuple[bytes, datetime]]:
        rows = await _ENTRIES.fetch(connection, ids=list(found.entries), organisations=_homes(found.entries))
        return {row["id"]: (leaf_of(dict(row)), row["recorded_at"]) for row in rows}

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Any]:
        connection = await asyncpg.connect(
            self.url, timeout=CONNECT_SECONDS, server_settings={"application_name": "verksted audit"}
        )
        try:
            yield connection
        finally:
            await connection.close()


def _homes(entries: Iterable[UUID]) -> list[UUID]:
    """The organisations that these ids say they belong to, for the key's sake."""
    return sorted({organisation_of(each) for each in entries})


def _seal(row: Any) -> Seal:
    leaves = bytes(row["leaves"])
    return Seal(
        number=row["number"],
        sealed_at=row["sealed_at"],
        entries=tuple(row["entries"]),
        leaves=tuple(leaves[at : at + 32] for at in range(0, len(leaves), 32)),
        previous=bytes(row["previous"]),
        digest=bytes(row["digest"]),
    )
