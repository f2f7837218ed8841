"""Attempts as the database counts them: for all replicas together, by a clock that is an argument, telling nobody who."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from app.adapters.chance import SystemChance
from app.adapters.postgres.attempts import PostgresAttempts
from app.bootstrap import Running
from app.services.ports.attempts import Quota
from tests.support.world import Travel

QUOTA = Quota(5, 600)
KEY = b"k" * 32
SECOND = timedelta(seconds=1)


def counting(service: Running, travel: Travel) -> PostgresAttempts:
    return PostgresAttempts(service.app_pool, SystemChance(), KEY, travel)


@pytest.mark.hazard("P-h16")
async def test_two_replicas_count_together_whatever_comes_at_once(service: Running) -> None:
    one, other, who = counting(service, Travel()), counting(service, Travel()), str(uuid4())
    taken = await asyncio.gather(*(each.take("guessing", who, QUOTA) for each in (one, other) * 20))
    allowed = sorted(backlog for backlog in taken if backlog is not None)
    assert allowed == pytest.approx([120, 240, 360, 480, 600], abs=5)
    assert await one.take("guessing", str(uuid4()), QUOTA) is not None
    assert await one.take("tokens", who, QUOTA) is not None


async def test_one_comes_back_after_its_step_and_all_after_the_span(service: Running) -> None:
    travel, who = Travel(), str(uuid4())
    attempts = counting(service, travel)
    for _ in range(5):
        assert await attempts.take("guessing", who, QUOTA) is not None
    assert await attempts.take("guessing", who, QUOTA) is None
    travel.by += 119 * SECOND
    assert await attempts.take("guessing", who, QUOTA) is None
    travel.by += 2 * SECOND
    assert await attempts.take("guessing", who, QUOTA) is not None
    assert await attempts.take("guessing", who, QUOTA) is None
    travel.by += 600 * SECOND
    assert [await attempts.take("guessing", who, QUOTA) is None for _ in range(6)] == [False] * 5 + [True]


@pytest.mark.hazard("P-h16")
async def test_the_table_tells_nobody_who_tried_and_forgets(service: Running, database_url: str) -> None:
    attempts, who = counting(service, Travel()), f"https://issuer.example\x00{uuid4()}"
    await attempts.take("guessing", who, QUOTA)
    owner = await asyncpg.connect(database_url)
    try:
        async with owner.transaction():
            await owner.execute("alter table attempt no force row level security")
            columns = await owner.fetch(
                "select attname from pg_attribute where attrelid = 'attempt'::regclass and attnum > 0"
            )
            assert {row["attname"] for row in columns} == {"who_hash", "whole_at"}
            assert (
                await owner.fetchval("select relpersistence from pg_class where relname = 'attempt'") == b"u"
            )
            before = await owner.fetchval("select count(*) from attempt")
            await owner.execute("alter table attempt force row level security")
        late = counting(service, Travel(3600 * SECOND))
        for _ in range(64):
            await late.take("guessing", str(uuid4()), QUOTA)
        async with owner.transaction():
            await owner.execute("alter table attempt no force row level security")
            left = await owner.fetchval(
                "select count(*) from attempt where whole_at < now() + interval '59 minutes'"
            )
            await owner.execute("alter table attempt force row level security")
        assert (before > 0, left) == (True, 0)
    finally:
        await owner.close()
    other = PostgresAttempts(service.app_pool, SystemChance(), b"o" * 32)
    assert [await other.take("guessing", who, Quota(1, 600)) is None for _ in range(2)] == [False, True]
