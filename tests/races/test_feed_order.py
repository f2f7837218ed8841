"""Whoever follows the feed and keeps the last position misses nothing, whichever transaction commits first.

The same storm, and the same two transactions, without the lock under which the number is drawn: events are missed.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.settings import Settings
from tests.support.world import World

WRITERS, EACH = 8, 12
_SOMEBODY_WAITS = """
select exists (select from pg_locks where not granted and locktype = 'advisory'
               and database = (select oid from pg_database where datname = current_database()))
"""
_ADD = (
    "insert into feed_event (organisation_id, id, type, subject, ids, occurred_at)"
    " values ($1, $2, 'course.created', $2, '{}', $3)"
)
_WITHOUT_LOCK = """
create or replace function number_feed_event() returns trigger language plpgsql as $$
begin
  new.position := nextval('public.feed_event_position');
  return new;
end
$$
"""


def added(world: World, event: UUID) -> tuple[Any, ...]:
    """A statement and its values: an event as it happens now, by the world's clock."""
    return _ADD, world.organisation, event, world.now


@pytest.fixture
async def unlocked(database_url: str) -> AsyncIterator[None]:
    """The negative control: a number that is drawn in passing."""
    owner = await asyncpg.connect(database_url)
    as_it_is = await owner.fetchval("select pg_get_functiondef('number_feed_event'::regproc)")
    try:
        await owner.execute(_WITHOUT_LOCK)
        yield
    finally:
        await owner.execute(as_it_is)
        await owner.close()


@asynccontextmanager
async def writer(settings: Settings, world: World) -> AsyncIterator[Any]:
    """A session of the service's everyday role."""
    connection = await asyncpg.connect(database_urls(settings, settings.secret_value()).app)
    try:
        await connection.execute("select set_config('app.organisation', $1, false)", str(world.organisation))
        yield connection
    finally:
        await connection.close()


class Follower:
    """Polls as a coordinator does, with the position of the last answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._position: str | None = None
        self.seen: list[UUID] = []

    async def poll(self) -> None:
        """Read on until there is nothing more."""
        more = True
        while more:
            page = await self._world.do.events.list_events(
                self._world.coordinator, self._world.organisation, self._position, 3
            )
            self.seen += [event.id for event in page.events]
            self._position, more = page.next, page.more


async def _two_transactions(settings: Settings, world: World) -> tuple[list[UUID], list[UUID]]:
    """The earlier one commits later, and the follower looks in between. What was written, and what was seen."""
    follower, first, second = Follower(world), uuid4(), uuid4()
    async with writer(settings, world) as early, writer(settings, world) as late:
        await early.execute("begin")
        await early.execute(*added(world, first))
        waiting = asyncio.create_task(late.execute(*added(world, second)))
        while not waiting.done():
            if await early.fetchval(_SOMEBODY_WAITS):
                break
        await follower.poll()
        await early.execute("commit")
        await waiting
        await follower.poll()
    return [first, second], follower.seen


async def _storm(settings: Settings, world: World) -> tuple[set[UUID], list[UUID]]:
    """What was written and what was seen. The first commits once it was passed by, or somebody waits for it."""
    follower, written, dice = Follower(world), set(), random.Random(32)

    has_begun = asyncio.Event()

    async def write(is_first: bool) -> None:
        async with writer(settings, world) as connection:
            if not is_first:
                await has_begun.wait()
            for number in range(EACH):
                event = uuid4()
                await connection.execute("begin")
                await connection.execute(*added(world, event))
                if is_first and number == 0:
                    has_begun.set()
                    while not follower.seen and not await connection.fetchval(_SOMEBODY_WAITS):
                        pass
                await asyncio.sleep(dice.random() / 200)  # a commit that takes its time
                await connection.execute("commit")
                written.add(event)

    writers = asyncio.gather(*(write(number == 0) for number in range(WRITERS)))
    while not writers.done():
        await follower.poll()
        await asyncio.sleep(0)
    await writers
    await follower.poll()
    return written, follower.seen


async def test_an_event_that_commits_later_comes_later(settings: Settings, world: World) -> None:
    written, seen = await _two_transactions(settings, world)
    assert seen == written


async def test_without_the_lock_the_same_two_transactions_lose_one(
    settings: Settings, world: World, unlocked: None
) -> None:
    written, seen = await _two_transactions(settings, world)
    assert seen == written[1:]


async def test_in_a_storm_nothing_is_missing_and_nothing_comes_twice(
    settings: Settings, world: World
) -> None:
    written, seen = await _storm(settings, world)
    assert len(seen) == len(set(seen)) == WRITERS * EACH
    assert set(seen) == written


async def test_without_the_lock_the_same_storm_loses_some(
    settings: Settings, world: World, unlocked: None
) -> None:
    written, seen = await _storm(settings, world)
    lost = written - set(seen)
    print(f"\nwithout the lock: {len(lost)} of {len(written)} events never seen")
    assert lost


async def test_organisations_do_not_wait_for_each_other(settings: Settings, world: World) -> None:
    other = await World(world.service, world.travel).begin()
    async with writer(settings, world) as here, writer(settings, other) as there:
        await here.execute("begin")
        await here.execute(*added(world, uuid4()))
        await there.execute("set lock_timeout = '2s'")
        await there.execute(*added(other, uuid4()))
        await here.execute("rollback")
