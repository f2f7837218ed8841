"""The role that works: ids and times of all organisations in one table, and next to nothing else."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from app.adapters.postgres.roles import role_urls
from tests.conftest import SECRET
from tests.support.world import World

MAKE = "insert into due_work (organisation_id, kind, subject, due_at) values ($1, 'tried', $2, now())"


async def within(url: str, organisation: object) -> Any:
    """A connection in a transaction of this organisation."""
    connection = await asyncpg.connect(url)
    await connection.transaction().start()
    await connection.execute(f"select set_config('app.organisation', '{organisation}', true)")
    return connection


@pytest.fixture
async def worker(database_url: str) -> AsyncIterator[Any]:
    """Outside of every organisation."""
    connection = await asyncpg.connect(role_urls(database_url, SECRET).worker)
    await connection.transaction().start()
    yield connection
    await connection.close()


@pytest.mark.parametrize(
    "table", ["person", "membership", "outbox", "envelope", "ballot", "self_help_group", "idempotency"]
)
async def test_what_the_role_that_works_can_not_read(worker: Any, table: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await worker.execute(f"select from {table}")


@pytest.mark.parametrize(
    "statement",
    [
        "insert into due_work select * from due_work",
        "delete from due_work",
        "update due_work set organisation_id = organisation_id",
        "update due_work set subject = subject",
        "delete from duty_turn",
    ],
)
async def test_it_neither_makes_work_nor_moves_it_elsewhere(worker: Any, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await worker.execute(statement)


async def test_who_makes_work_sees_that_of_one_organisation_and_the_worker_all(
    database_url: str, world: World
) -> None:
    subject, urls = uuid4(), role_urls(database_url, SECRET)
    mine = await within(urls.app, world.organisation)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with mine.transaction():
            await mine.execute(MAKE, uuid4(), subject)
    await mine.execute(MAKE, world.organisation, subject)
    await mine.execute("commit")
    other = await within(urls.app, uuid4())
    count = "select count(*) from due_work where subject = $1"
    assert await other.fetchval(count, subject) == 0
    worker = await within(urls.worker, uuid4())
    assert await worker.fetchval(count, subject) == 1
    for each in (mine, other, worker):
        await each.close()
