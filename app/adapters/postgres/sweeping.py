"""Goes through all sealed columns, as the owner: seals what is in clear, renews what an earlier key has sealed.

The owner is bound by row-level security like everybody else, so for each chunk it lifts that for itself (`no force`, as
`loading` does): the tables are locked for the milliseconds of one chunk. A value is replaced only where it is still what
was read, so it can be stopped and begun again at any time, and runs beside the service.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from app.adapters.keys.files import KeyFiles
from app.adapters.keys.vault import KeyVault, number_of, person_of
from app.adapters.postgres.sealing import BY_TABLE, SEALED, Sealing
from app.domain.shared.ids import PersonId

CHUNK = 500
SORTS = ("current", "earlier", "clear", "gone", "unreadable")
"""What a value can be sealed by: the newest key, an earlier one, none, one that is destroyed, none that opens it here."""
_TRIES = 20
Say = Callable[[str], object]


class Sweep:
    """One connection of the owner's, and the keys."""

    def __init__(self, connection: Any, vault: KeyVault, people: KeyFiles, say: Say = lambda _: None) -> None:
        self._connection, self._vault, self._people, self._say = connection, vault, people, say

    async def anything_sealed(self) -> bool:
        """Whether the database holds what needs keys."""
        async with self._unbound("person") as connection:
            found: bool = await connection.fetchval(
                "select exists (select from person where chosen_name_sealed is not null)"
            )
        return found

    async def seal(self) -> int:
        """Seal what is in clear, and empty it. How many values."""
        total = 0
        for sealing in SEALED:
            for column in sealing.columns:
                done = await self._seal(sealing, column)
                total += done
                if done:
                    self._say(f"{sealing.table}.{column}: {done} sealed")
        return total

    async def renew(self) -> int:
        """Seal anew what an earlier key has sealed. How many values."""
        total = 0
        for sealing in BY_TABLE.values():
            for column in sealing.columns:
                done = 0
                async for rows in self._all(sealing, column):
                    done += await self._replace(sealing, column, self._renewed(sealing, column, rows))
                total += done
                if done:
                    self._say(f"{sealing.table}.{column}: {done} sealed anew")
        return total

    async def in_use(self) -> dict[PersonId, set[int]]:
        """By which keys of whom something is sealed."""
        found: dict[PersonId, set[int]] = {}
        for sealing in BY_TABLE.values():
            for column in sealing.columns:
                async for rows in self._all(sealing, column):
                    for row in rows:
                        person, number = person_of(row["kept"]), number_of(row["kept"])
                        if person is not None and number is not None:
                            found.setdefault(person, set()).add(number)
        return found

    async def report(self) -> dict[str, Counter[str]]:
        """By table and column: how many values are sealed by which sort of key."""
        told: dict[str, Counter[str]] = {}
        for sealing in BY_TABLE.values():
            for column in sealing.columns:
                counted = told[f"{sealing.table}.{column}"] = Counter[str]()
                async for rows in self._all(sealing, column):
                    counted.update(self._sort(sealing, column, row) for row in rows)
                if sealing.beside:
                    async with self._unbound(sealing.table) as connection:
                        counted["clear"] = await connection.fetchval(
                            f"select count(*) from {sealing.table} t"
                            f" where t.{column} is not null and not {sealing.stays_clear}"
                        )
        return told

    def _sort(self, sealing: Sealing, column: str, row: Any) -> str:
        kept = row["kept"]
        person = person_of(kept)
        key = None if person is None else self._people.get(person)
        if person is not None and key is None:
            return "gone"
        if key is not None and key.primary == number_of(kept):
            return "current"
        is_read = self._vault.open(sealing.place(row, column), kept) is not None
        return "earlier" if is_read else "unreadable"

    async def _seal(self, sealing: Sealing, column: str) -> int:
        done, wanted = (
            0,
            f"t.{column} is not null and {sealing.owner} is not null and not {sealing.stays_clear}",
        )
        async for rows in self._chunks(sealing, f"t.{column} as clear", wanted):
            with self._people.in_bulk():
                pairs = [
                    (
                        row,
                        row["clear"],
                        self._vault.seal(row["owner"], sealing.place(row, column), row["clear"]),
                    )
                    for row in rows
                ]
            done += await self._replace(sealing, column, pairs)
        return done

    def _all(self, sealing: Sealing, column: str) -> AsyncIterator[list[Any]]:
        """All sealed values of a column."""
        kept = sealing.kept_in(column)
        return self._chunks(sealing, f"t.{kept} as kept", f"t.{kept} is not null")

    async def _chunks(self, sealing: Sealing, what: str, wanted: str) -> AsyncIterator[list[Any]]:
        """The rows that are wanted, each once, by chunks in the order of the key."""
        names = _names(sealing)
        keys = ", ".join(f"t.{name}" for name in names)
        places = ", ".join(f"${number}" for number in range(1, len(names) + 1))
        after: list[Any] = []
        while True:
            beyond = f" and ({keys}) > ({places})" if after else ""
            async with self._unbound(sealing.table) as connection:
                rows = await connection.fetch(
                    f"select {keys}, {what}, {sealing.owner} as owner from {sealing.table} t"
                    f" where {wanted}{beyond} order by {keys} limit {CHUNK}",
                    *after,
                )
            if not rows:
                return
            yield rows
            after = [rows[-1][name] for name in names]

    def _renewed(self, sealing: Sealing, column: str, rows: list[Any]) -> list[tuple[Any, Any, bytes]]:
        pairs = []
        for row in rows:
            if self._sort(sealing, column, row) != "earlier" or row["owner"] is None:
                continue
            place = sealing.place(row, column)
            words = self._vault.open(place, row["kept"])
            if words is not None:
                pairs.append((row, row["kept"], self._vault.seal(row["owner"], place, words)))
        return pairs

    async def _replace(self, sealing: Sealing, column: str, pairs: list[tuple[Any, Any, bytes]]) -> int:
        """Put sealed values in the place of what was read, where it is still that."""
        if not pairs:
            return 0
        names, kept = _names(sealing), sealing.kept_in(column)
        here = " and ".join(f"{name} = ${number + 3}" for number, name in enumerate(names))
        was_clear = isinstance(pairs[0][1], str)
        emptied = f", {column} = null" if was_clear else ""
        statement = f"update {sealing.table} set {kept} = $1{emptied} where {column if was_clear else kept} = $2 and {here}"
        done = 0
        async with self._unbound(sealing.table) as connection:
            for row, before, after in pairs:
                status = await connection.execute(statement, after, before, *(row[name] for name in names))
                done += int(status.rsplit(" ", 1)[-1])
        return done

    @asynccontextmanager
    async def _unbound(self, table: str) -> AsyncIterator[Any]:
        """One short transaction in which this table's policies don't bind the owner."""
        others = {"declaration": ("membership",), "starter_message": ("starter_assignment",)}
        others["assessment_text"] = ("assessment",)
        tables = (table, *others.get(table, ()))
        for attempt in range(_TRIES):
            transaction = self._connection.transaction()
            await transaction.start()
            try:
                await self._connection.execute("set local lock_timeout = '1s'")
                await self._bind(tables, "no force")
                break
            except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
                await transaction.rollback()
                if attempt == _TRIES - 1:
                    raise
                await asyncio.sleep(0.05 * (attempt + 1))
        try:
            yield self._connection
            await self._bind(tables, "force")
        except BaseException:
            await transaction.rollback()
            raise
        await transaction.commit()

    async def _bind(self, tables: tuple[str, ...], word: str) -> None:
        for table in tables:
            await self._connection.execute(f"alter table {table} {word} row level security")


def _names(sealing: Sealing) -> tuple[str, ...]:
    return (("organisation_id",) if sealing.of_organisation else ()) + sealing.row
