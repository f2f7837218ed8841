"""A database with every wall taken down, for whoever is to judge or to attack it: all rows of all tables."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import asyncpg

_TABLES = """
    select c.relname as name,
           coalesce((select p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent
                      where i.inhrelid = c.oid), c.relname) as part_of,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id') as is_tenant,
           c.relrowsecurity as is_walled
      from pg_class c where c.relkind = 'r' and c.relnamespace = $1::regnamespace order by c.relname
"""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


UNASKED = "alter table ballot force row level security"
"""Lets an owner change words that members decide on: of ballots that nobody sees, no trigger knows (words_stand)."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row as an attacker reads it: what it says, where it lies, and which transaction has written it."""

    table: str
    place: tuple[int, ...]
    """`ctid`: page and line."""
    written_by: int
    """`xmin`."""
    values: Mapping[str, Any]
    ids: frozenset[UUID]
    """Every UUID that it names, those within texts and JSON included."""


@asynccontextmanager
async def laid_open(owner_url: str, schema: str = "public") -> AsyncIterator[asyncpg.Connection]:
    """A connection that row-level security does not hold for: an owner can take it off. All is rolled back at the end.

    The service has to be at rest meanwhile: the tables are locked.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute("begin")
        for table in await connection.fetch(_TABLES, schema):
            if table["is_walled"]:
                await connection.execute(
                    f'alter table {schema}."{table["name"]}" no force row level security'
                )
        yield connection
    finally:
        await connection.close()


async def put_the_walls_up_again(connection: asyncpg.Connection, schema: str = "public") -> None:
    """Before a commit: whoever comes later finds the database as it was (and the service refuses to work on another)."""
    for table in await connection.fetch(_TABLES, schema):
        if table["is_walled"]:
            await connection.execute(f'alter table {schema}."{table["name"]}" force row level security')


async def backup(owner_url: str, organisations: Iterable[UUID], schema: str = "public") -> list[Row]:
    """A copy of every row of every table (of the tenants' tables: of these organisations), system columns included."""
    rows: list[Row] = []
    async with laid_open(owner_url, schema) as connection:
        for table in await connection.fetch(_TABLES, schema):
            only = "where organisation_id = any($1)" if table["is_tenant"] else ""
            found = await connection.fetch(
                f'select ctid::text as "#place", xmin::text as "#written_by", * from {schema}."{table["name"]}" {only}',
                *([list(organisations)] if only else []),
            )
            rows += [row_of(table["part_of"], dict(record)) for record in found]
    return rows


def row_of(table: str, record: Mapping[str, Any]) -> Row:
    """A record with its system columns, as a row."""
    values = dict(record)
    page, line = str(values.pop("#place")).strip("()").split(",")
    written_by = int(values.pop("#written_by"))
    return Row(table, (int(page), int(line)), written_by, values, frozenset(_ids(values.values())))


def _ids(values: Iterable[Any]) -> Iterable[UUID]:
    for value in values:
        if isinstance(value, UUID):
            # asyncpg's own UUID class equals and hashes like the standard one.
            yield value
        elif isinstance(value, str):
            yield from map(UUID, _UUID.findall(value))


def contents_of_the_server(owner_url: str) -> Iterator[bytes]:
    """The server's log and its write-ahead log, where the server is the embedded one; otherwise nothing."""
    sockets = parse_qs(urlsplit(owner_url).query).get("host", [""])[0]
    home = Path(sockets).parent
    if not sockets or not (home / "data").is_dir():
        return
    for path in [home / "server.log", *sorted((home / "data" / "pg_wal").iterdir())]:
        # A segment that is not needed any more may be removed at any time.
        with suppress(FileNotFoundError, IsADirectoryError):
            yield path.read_bytes()


async def leave_a_mark(owner_url: str) -> bytes:
    """Write something that can be looked for in the server's files."""
    mark = uuid4().hex
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(f"create table mark_{mark} (word text)")
        # Often: a record that crosses the border of a page in the log is cut in two by the page's head.
        for _ in range(20):
            await connection.execute(f"insert into mark_{mark} values ('mark of the test {mark}')")
        await connection.execute(f"drop table mark_{mark}")
    finally:
        await connection.close()
    return f"mark of the test {mark}".encode()
