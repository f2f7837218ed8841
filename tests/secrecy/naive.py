"""How votes must not be kept: the design that everybody thinks of first, and its better brother. Both are attacked, too.

Two tables, one of them with names and one of them with choices, nothing in common. Written in one transaction, `xmin`
joins them; written in two, their order does.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from tests.secrecy.attack import Case, Material
from tests.secrecy.laid_open import backup


@asynccontextmanager
async def naive_box(owner_url: str, parts: int) -> AsyncIterator[tuple[asyncpg.Connection, str]]:
    """A schema of its own for the two tables, dropped at the end. In several parts the box keeps no order."""
    schema = f"naive_{uuid4().hex[:8]}"
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(
            f"create schema {schema};"
            f"create table {schema}.roll (ballot uuid, member uuid, primary key (ballot, member));"
            f"create table {schema}.box (id uuid primary key, ballot uuid, choice text) partition by hash (id);"
            + "".join(
                f"create table {schema}.box_{part} partition of {schema}.box"
                f" for values with (modulus {parts}, remainder {part});"
                for part in range(parts)
            )
        )
        yield connection, schema
    finally:
        await connection.execute(f"drop schema if exists {schema} cascade")
        await connection.close()


async def kept_naively(owner_url: str, cases: Iterable[Case], *, together: bool) -> Material:
    """The same votes, kept in two tables; written `together` in one transaction, or each in its own."""
    cases = list(cases)
    async with naive_box(owner_url, 3 if together else 1) as (connection, schema):
        for case in cases:
            name = f"insert into {schema}.roll values ('{case.ballot}', '{case.member}')"
            voice = f"insert into {schema}.box values ('{uuid4()}', '{case.ballot}', '{case.choice}')"
            if together:
                async with connection.transaction():
                    await connection.execute(name)
                    await connection.execute(voice)
            else:
                await connection.execute(name)
                await connection.execute(voice)
        material = Material()
        material.add("naive", await backup(owner_url, (), schema), {case.ballot for case in cases})
        return material
