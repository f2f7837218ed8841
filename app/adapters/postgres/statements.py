"""Statements: written with SQLAlchemy Core from the tables, compiled once at import, run by asyncpg.

Compiling at import is what makes this as fast as hand-written SQL while the schema stays the one source of names and
types (docs/adr/0002).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, Interval, Table, bindparam, func, insert
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.sql.compiler import SQLCompiler

from app.adapters.postgres.reading import Asked

_DIALECT = dialect()  # type: ignore[no-untyped-call]


class Statement:
    """One compiled statement and the order of its parameters."""

    __slots__ = ("_fixed", "names", "sql")

    def __init__(self, core: ClauseElement) -> None:
        compiled = core.compile(dialect=_DIALECT)
        assert isinstance(compiled, SQLCompiler)
        self.sql = str(compiled)
        self.names: tuple[str, ...] = tuple(compiled.positiontup or ())
        self._fixed: Mapping[str, Any] = {
            name: bind.value for name, bind in compiled.binds.items() if not bind.required
        }

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters in the order in which PostgreSQL wants them; `KeyError` for one that is missing."""
        fixed = self._fixed
        return [values[name] if name in values else fixed[name] for name in self.names]

    async def fetch(self, connection: Asked, /, **values: Any) -> list[Any]:
        """All rows."""
        return await connection.fetch(self.sql, *self.arguments(values))

    async def row(self, connection: Asked, /, **values: Any) -> Any | None:
        """The first row, or None."""
        return await connection.fetchrow(self.sql, *self.arguments(values))

    async def value(self, connection: Asked, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        return await connection.fetchval(self.sql, *self.arguments(values))

    async def run(self, connection: Asked, /, **values: Any) -> int:
        """Run it; how many rows it touched."""
        status = await connection.execute(self.sql, *self.arguments(values))
        return int(status.rsplit(" ", 1)[-1])

    async def run_many(self, connection: Asked, rows: list[dict[str, Any]]) -> None:
        """Run it once for each row, in one round trip."""
        if rows:
            await connection.executemany(self.sql, [self.arguments(row) for row in rows])


def inserting(table: Table, *, without: tuple[str, ...] = ()) -> Statement:
    """An insert of every column, by name, but those that the database fills in."""
    columns = [column.name for column in table.columns if column.name not in without]
    return Statement(insert(table).values({name: bindparam(name) for name in columns}))


def p(name: str, type_: Any = None) -> Any:
    """A parameter of a statement."""
    return bindparam(name, type_=type_)


def service_clock() -> ColumnElement[Any]:
    """The service's clock: the database's, which does not stand still within a transaction as `now()` does.

    Its shift is zero but in tests.
    """
    return func.clock_timestamp() + bindparam("shift", type_=Interval)


def json_object(**members: Any) -> ColumnElement[Any]:
    """A JSON object built in SQL."""
    pairs: list[Any] = []
    for name, value in members.items():
        pairs += [name, value]
    return func.jsonb_build_object(*pairs, type_=JSONB)
