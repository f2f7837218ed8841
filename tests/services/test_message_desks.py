"""The worker's poll for messages costs the same beside many organisations in which nothing is due; and nobody is missed."""

from collections import Counter
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
from asyncpg.connection import LoggedQuery

from app.adapters.postgres.repositories.message_desks import PostgresDesks
from app.adapters.postgres.roles import role_urls
from app.domain.messages.kind import MessageKind
from app.domain.shared.actor import Actor
from tests.conftest import SECRET
from tests.services.conftest import Look
from tests.support.messages_world import wants
from tests.support.world import World

MISSED = """
select s.organisation_id from message_setting s left join due_work d
    on d.organisation_id = s.organisation_id and d.kind = 'messages' and d.subject = s.organisation_id
 where s.look_at is not null
 group by s.organisation_id, d.due_at having d.due_at is null or d.due_at > min(s.look_at)
"""
SOONER = "update message_setting set look_at = clock_timestamp() - interval '1 day' where person_id = $1"


def desks(world: World) -> PostgresDesks:
    """The service's own."""
    assert world.service.send is not None
    found = world.service.send.desks
    assert isinstance(found, PostgresDesks)
    return found


async def until_nobody(world: World) -> None:
    """Take whoever is due, wherever."""
    while await desks(world).claim(50):
        pass


async def reader_in(world: World) -> Actor:
    """Somebody who wants messages, and was looked at a moment ago."""
    actor = await world.registered()
    await wants(world, actor, MessageKind.MEETING_REMINDER)
    await until_nobody(world)
    return actor


class Tap:
    """What is asked in the service's role, and in the worker's."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    async def listen(self, name: str, pool: Any) -> None:
        """Hear every connection of a pool."""

        def note(query: LoggedQuery) -> None:
            self.asked[name] += 1

        async with AsyncExitStack() as held:
            for _ in range(pool.get_max_size()):
                (await held.enter_async_context(pool.acquire())).add_query_logger(note)


async def test_a_poll_costs_one_statement_however_many_organisations_have_nothing_due(world: World) -> None:
    await reader_in(world)
    for _ in range(4):
        await World(world.service, world.travel).begin()  # two organisations each
    tap, there = Tap(), desks(world)
    await tap.listen("service", there.pool)
    await tap.listen("worker", there.worker)
    tap.asked.clear()
    assert await there.claim(50) == []
    assert tap.asked == {"worker": 1}
    world.forward(minutes=6)
    tap.asked.clear()
    due = {organisation for organisation, _ in await there.claim(50)}
    assert world.organisation in due
    assert tap.asked["worker"] == 1
    assert tap.asked["service"] <= 5 * len(due), (
        "opened, taken, claimed, put back and committed, where there is somebody"
    )


async def test_nobody_is_missed_whatever_happens_to_their_settings(world: World, look: Look) -> None:
    """The row of an organisation is due no later than whoever is first in it."""
    assert await look(MISSED) == []
    actor = await reader_in(world)
    assert await look(MISSED) == []
    await world.do.messages.drop_message(actor, world.organisation, MessageKind.MEETING_REMINDER)
    world.forward(minutes=6)
    await until_nobody(world)
    row = "select due_at = 'infinity' as never from due_work where kind = 'messages' and organisation_id = $1"
    assert [each["never"] for each in await look(row, world.organisation)] == [True]
    await world.do.messages.choose_message(actor, world.organisation, MessageKind.MEETING_REMINDER)
    assert await look(MISSED) == []
    assert (world.organisation, actor.person_id) in await desks(world).claim(50)


async def test_what_commits_while_an_organisation_is_looked_through_is_not_missed(
    world: World, look: Look, database_url: str
) -> None:
    actor = await reader_in(world)
    writer = await asyncpg.connect(role_urls(database_url, SECRET).app)
    try:
        begun = writer.transaction()
        await begun.start()
        await writer.execute(f"select set_config('app.organisation', '{world.organisation}', true)")
        assert await writer.execute(SOONER, actor.person_id) == "UPDATE 1"
        # Until the commit it has the organisation's row: nobody else looks through it, and nobody waits for it.
        assert await desks(world).claim_in(world.organisation, 50) == []
        await begun.commit()
    finally:
        await writer.close()
    assert await look(MISSED) == []
    assert (world.organisation, actor.person_id) in await desks(world).claim(50)


async def test_who_looks_through_an_organisation_keeps_the_next_from_it_and_not_from_others(
    world: World,
) -> None:
    actor = await reader_in(world)
    world.forward(minutes=6)
    there = desks(world)
    async with there.pool.acquire() as connection, connection.transaction():
        await connection.execute(f"select set_config('app.organisation', '{world.organisation}', true)")
        await connection.fetch("select from due_work where kind = 'messages' for update")
        found = await there.claim(50)
        assert world.organisation not in {organisation for organisation, _ in found}
    assert (world.organisation, actor.person_id) in await there.claim(50)
