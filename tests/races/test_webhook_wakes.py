"""No event falls between a worker that puts a webhook back and a transaction that is about to commit."""

import asyncio
from uuid import uuid4

import asyncpg

from app.adapters.postgres.roles import role_urls
from app.settings import Settings
from tests.conftest import SECRET
from tests.support.webhooks_world import desk, hooked
from tests.support.world import World

HAPPENS = """
insert into feed_event (organisation_id, id, type, subject, ids, occurred_at)
values ($1, gen_random_uuid(), 'group.offer.published', gen_random_uuid(), '{}', clock_timestamp())
"""
WAITS = "select count(*) from pg_locks where not granted"


async def test_what_commits_while_a_webhook_is_put_back_is_seen_or_moves_it(
    world: World, settings: Settings, database_url: str
) -> None:
    hook = (await hooked(world)).webhook
    there = desk(world.service)
    taken = next(each for each in await there.take(100) if each.webhook_id == hook.id)
    assert await there.begin(taken, 5) == []
    writer = await asyncpg.connect(role_urls(database_url, SECRET).app)
    eyes = await asyncpg.connect(database_url)
    try:
        begun = writer.transaction()
        await begun.start()
        await writer.execute(f"select set_config('app.organisation', '{world.organisation}', true)")
        await writer.execute(HAPPENS, world.organisation)
        putting = asyncio.create_task(there.put_back(taken))
        async with asyncio.timeout(10):
            while not putting.done() and not await eyes.fetchval(WAITS):  # noqa: ASYNC110 nothing tells
                await asyncio.sleep(0.01)
        await begun.commit()
        await putting
    finally:
        await writer.close()
        await eyes.close()
    again = [each for each in await there.take(100) if each.webhook_id == hook.id]
    assert again, "it is due at once"
    (begun_now,) = await there.begin(again[0], 5)
    assert begun_now.delivery.type == "group.offer.published"
    await there.put_back(again[0])


async def test_of_many_workers_one_has_a_webhook(world: World) -> None:
    hook = (await hooked(world, url=f"https://hooks.example.org/{uuid4()}")).webhook
    there = desk(world.service)
    found = await asyncio.gather(*(there.take(100) for _ in range(6)))
    mine = [each for taken in found for each in taken if each.webhook_id == hook.id]
    assert len(mine) == 1
    for each in mine:
        await there.put_back(each)
