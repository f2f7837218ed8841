"""Negative control: check first, insert then, without a lock or a constraint. The same storm breaks it every time (F8)."""

import asyncio
from uuid import uuid4

import asyncpg

from tests.races.storm import CLIENTS

_VOTERS, _BALLOTS = 8, 10


async def test_check_then_insert_breaks_under_twenty_four_clients(database_url: str) -> None:
    table = f"naive_votes_{uuid4().hex[:8]}"
    pool = await asyncpg.create_pool(database_url, min_size=CLIENTS, max_size=CLIENTS)

    async def vote(ballot: int, voter: int) -> None:
        async with pool.acquire() as connection, connection.transaction():
            if await connection.fetchval(
                f"select true from {table} where ballot = $1 and voter = $2", ballot, voter
            ):
                return
            if await connection.fetchval(
                f"select count(*) >= {_VOTERS} from {table} where ballot = $1", ballot
            ):
                return
            await connection.execute(f"insert into {table} values ($1, $2)", ballot, voter)

    try:
        await pool.execute(f"create table {table} (ballot int, voter int)")
        for ballot in range(_BALLOTS):
            await asyncio.gather(*(vote(ballot, client % _VOTERS) for client in range(CLIENTS)))
        doubles = await pool.fetchval(
            f"select count(*) from (select from {table} group by ballot, voter having count(*) > 1) as twice"
        )
        over = await pool.fetchval(
            f"select count(*) from (select from {table} group by ballot having count(*) > {_VOTERS}) as full_ones"
        )
    finally:
        await pool.execute(f"drop table if exists {table}")
        await pool.close()
    print(
        f"\nnaive, {_BALLOTS} ballots: {doubles} voters with two votes or more, {over} ballots over the limit"
    )
    assert doubles > 0
    assert over > 0
