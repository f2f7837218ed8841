"""Statements: written with SQLAlchemy Core from the tables, compiled once, run by asyncpg.

Compiling once is what makes this as fast as hand-written SQL while the schema stays the one source of names and
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
_WRITTEN: list[Statement] = []
"""Every statement of the modules that have been read."""


class Statement:
    """One statement and the order of its parameters; compiled when it is first used, or by `compile_all`."""

    __slots__ = ("_core", "_fixed", "names", "sql")
    names: tuple[str, ...]
    sql: str
    _fixed: Mapping[str, Any]

    def __init__(self, core: ClauseElement) -> None:
        self._core: ClauseElement | None = core
        _WRITTEN.append(self)

    def __getattr__(self, name: str) -> Any:
        # Asked for only as long as it isn't set: compiling three hundred of them is a sixth of a start.
        if name not in Statement.__slots__:
            raise AttributeError(name)
        self._compile()
        return getattr(self, name)

    def _compile(self) -> None:
        core = self._core
        if core is None:  # somebody else has just compiled it, in a thread beside the loop
            return
        compiled = core.compile(dialect=_DIALECT)
        assert isinstance(compiled, SQLCompiler)
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self.names = tuple(compiled.positiontup or ())
        self.sql = str(compiled)
        self._core = None  # four hundred trees, with what compiling has noted in them, are three megabytes

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


def compile_all() -> int:
    """Compile what nobody has asked for yet. How many statements there are. It may run in a thread beside the loop."""
    for statement in _WRITTEN:
        _ = statement.sql
    return len(_WRITTEN)


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


def statement_clock() -> ColumnElement[Any]:
    """The same clock as it stood when the statement began: later than any lock that an earlier statement has taken.

    PostgreSQL knows that it doesn't move within the statement, so that an index can be searched by it.
    """
    return func.statement_timestamp() + bindparam("shift", type_=Interval)


def json_object(**members: Any) -> ColumnElement[Any]:
    """A JSON object built in SQL."""
    pairs: list[Any] = []
    for name, value in members.items():
        pairs += [name, value]
    return func.jsonb_build_object(*pairs, type_=JSONB)
