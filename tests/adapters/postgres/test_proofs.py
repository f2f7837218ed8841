"""Proofs that were shown are remembered by the database, for all replicas, and not for long."""

import asyncio
from datetime import timedelta
from secrets import token_bytes

import asyncpg
import pytest

from app.adapters.chance import SystemChance
from app.adapters.postgres.proofs import PostgresProofs
from app.bootstrap import Running, database_urls
from app.domain.shared.errors import Busy
from app.settings import Settings

KEPT = timedelta(minutes=5)


@pytest.fixture
def proofs(service: Running) -> PostgresProofs:
    return PostgresProofs(service.app_pool, SystemChance())


async def test_a_proof_is_used_once(proofs: PostgresProofs) -> None:
    digest = token_bytes(32)
    assert await proofs.use_once(digest, KEPT)
    assert not await proofs.use_once(digest, KEPT)
    assert await proofs.use_once(token_bytes(32), KEPT)


async def test_of_fifty_at_once_one_is_the_first(proofs: PostgresProofs) -> None:
    for _ in range(5):
        digest = token_bytes(32)
        answers = await asyncio.gather(*(proofs.use_once(digest, KEPT) for _ in range(50)))
        assert answers.count(True) == 1


async def test_old_ones_are_swept_on_use(proofs: PostgresProofs, database_url: str) -> None:
    """No worker is needed: each use takes up to twenty away, those that are still good stay."""
    young = token_bytes(32)
    await proofs.use_once(young, KEPT)
    for _ in range(50):
        await proofs.use_once(token_bytes(32), timedelta(seconds=-1))
    for _ in range(5):
        await proofs.use_once(token_bytes(32), KEPT)
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("alter table shown_proof no force row level security")
        assert await connection.fetchval("select count(*) from shown_proof where forget_at < now()") == 0
    finally:
        await connection.execute("alter table shown_proof force row level security")
        await connection.close()
    assert not await proofs.use_once(young, KEPT)


async def test_it_is_unlogged_and_holds_nothing_about_anybody(database_url: str, settings: Settings) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        assert (
            await connection.fetchval("select relpersistence from pg_class where relname = 'shown_proof'")
            == b"u"
        )
        columns = await connection.fetch(
            "select column_name from information_schema.columns where table_name = 'shown_proof'"
        )
        assert {column["column_name"] for column in columns} == {"digest", "forget_at"}
    finally:
        await connection.close()


async def test_a_database_that_can_not_be_asked_lets_nobody_in(settings: Settings, database_url: str) -> None:
    urls = database_urls(settings, settings.secret_value())
    pool = await asyncpg.create_pool(
        urls.app, min_size=1, max_size=1, server_settings={"statement_timeout": "50"}
    )
    blocker = await asyncpg.connect(database_url)
    try:
        await blocker.execute("begin; lock table shown_proof in access exclusive mode")
        async with asyncio.timeout(5):
            with pytest.raises(Busy):
                await PostgresProofs(pool, SystemChance()).use_once(token_bytes(32), KEPT)
    finally:
        await blocker.close()
        await pool.close()
