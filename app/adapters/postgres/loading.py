"""Many rows at once, by COPY, as the owner: for a world that is made up, never for what people do.

Nothing is switched off but one thing: the owner is bound by the policies of row-level security like everybody else, and
COPY can't be; so within the transaction they don't bind *the owner* (`no force`). They hold for the service's roles all
the time. Constraints, foreign keys and triggers hold for every row.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from app.adapters.postgres.sealing import SEALED
from app.adapters.postgres.tables import metadata

Row = Mapping[str, Any]
STANDING = datetime(9999, 1, 1, tzinfo=UTC)
"""An offer has to stand in the moment of an entry; what lies behind us is written with this end, and then its own."""


class RowsDontFit(RuntimeError):
    """Rows that don't say all that their table keeps, or more."""


def columns_of(table: str) -> tuple[str, ...]:
    """What a row of this table has to say: every column that the database doesn't fill by itself.

    Names and words come in clear, and `verksted keys sweep` seals them afterwards: no key is made within COPY.
    """
    beside = {f"{name}_sealed" for sealing in SEALED if sealing.table == table for name in sealing.columns}
    columns = metadata.tables[table].columns
    return tuple(column.name for column in columns if column.identity is None and column.name not in beside)


def records(table: str, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Rows as COPY takes them. `RowsDontFit` where a column was forgotten, or one is named that isn't there."""
    columns = columns_of(table)
    for row in rows:
        if len(row) != len(columns) or any(name not in row for name in columns):
            faults = sorted(set(row) ^ set(columns))
            raise RowsDontFit(f"{table}: {', '.join(faults)} (app/demo/world doesn't fit the tables)")
    return [tuple(row[name] for name in columns) for row in rows]


class Loader:
    """A connection of the owner's, and what it may write."""

    def __init__(self, connection: Any, bypasses: bool) -> None:
        self._connection, self._bypasses = connection, bypasses
        self._tables = sorted(metadata.tables)

    @asynccontextmanager
    async def chunk(self) -> AsyncIterator[None]:
        """One transaction."""
        async with self._connection.transaction():
            await self._connection.execute("set local lock_timeout = '30s'")
            await self._bind_owner(to_policies=False)
            yield
            await self._bind_owner(to_policies=True)

    async def copy(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        if rows:
            await self._connection.copy_records_to_table(
                table, records=records(table, rows), columns=columns_of(table)
            )

    async def end_offers(self, ends: Iterable[tuple[UUID, UUID, datetime]]) -> None:
        """Give offers that have been accepted the end that they had: (organisation, ballot, end)."""
        await self._connection.executemany(
            "update ballot_outcome set offer_expires_at = $3 where organisation_id = $1 and ballot_id = $2",
            ends,
        )

    async def organisations(self) -> set[UUID]:
        """All organisations that there are; within a chunk."""
        return {row["id"] for row in await self._connection.fetch("select id from organisation")}

    async def analyze(self) -> None:
        """Let the planner know what there is now."""
        await self._connection.execute(f"analyze {', '.join(self._tables)}")

    async def _bind_owner(self, *, to_policies: bool) -> None:
        if not self._bypasses:
            word = "force" if to_policies else "no force"
            script = ";".join(f"alter table {table} {word} row level security" for table in self._tables)
            await self._connection.execute(script)


@asynccontextmanager
async def loading(owner_url: str) -> AsyncIterator[Loader]:
    """A loader on a connection of its own."""
    connection = await asyncpg.connect(owner_url)
    try:
        bypasses = await connection.fetchval(
            "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
        )
        yield Loader(connection, bool(bypasses))
    finally:
        await connection.close()
