"""Reading in one round trip: the door opens first, leaves nothing behind, and lets nobody write."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from app.adapters.postgres.reading import reading
from app.adapters.postgres.reads import groups, listed_groups, meetings
from app.adapters.postgres.repositories import standings
from app.adapters.postgres.statements import Statement
from app.bootstrap import database_urls
from app.domain.shared.actor import Actor
from app.services.ports.transaction import Door
from app.settings import Settings
from tests.support.world import World

COUNT = "select count(*) from registration"
SETTINGS = ("app.organisation", "app.person", "app.identity")


class Heard:
    """Hears what a connection would be asked."""

    sql = ""

    async def fetch(self, sql: str, /, *_values: Any) -> list[Any]:
        self.sql = sql
        return []

    fetchrow = fetchval = execute = executemany = fetch


async def connected(settings: Settings) -> "asyncpg.Connection[Any]":
    return await asyncpg.connect(database_urls(settings, settings.secret_value()).app)


async def left_on(connection: "asyncpg.Connection[Any]") -> set[str | None]:
    return {await connection.fetchval("select current_setting($1, true)", name) for name in SETTINGS}


async def test_each_question_goes_through_the_door_and_leaves_nothing(
    settings: Settings, world: World
) -> None:
    connection = await connected(settings)
    try:
        own = reading(connection, world.coordinator, world.organisation, Door.OWN)
        public = reading(connection, Actor(), world.organisation, Door.PUBLIC)
        stranger = reading(connection, await world.person("stranger"), world.organisation, Door.OWN)
        for _ in range(7):  # past the custom plans of a prepared statement
            assert await own.fetchval(COUNT) >= 2
            assert await left_on(connection) <= {None, ""}
            assert await stranger.fetchval(COUNT) == 0
            assert await public.fetchval(COUNT) >= 2
            assert await left_on(connection) <= {None, ""}
    finally:
        await connection.close()


async def test_a_failed_question_leaves_nothing(settings: Settings, world: World) -> None:
    connection = await connected(settings)
    try:
        own = reading(connection, world.coordinator, world.organisation, Door.OWN)
        with pytest.raises(asyncpg.DivisionByZeroError):
            await own.fetchval("select 1 / (count(*) - count(*)) from registration")
        assert await left_on(connection) <= {None, ""}
        assert not connection.is_in_transaction()
    finally:
        await connection.close()


async def test_nothing_can_be_written(settings: Settings, world: World) -> None:
    connection = await connected(settings)
    change = "update registration set name = 'Nobody' returning name"
    try:
        own = reading(connection, world.coordinator, world.organisation, Door.OWN)
        for written in (change, f"with changed as ({change}) select * from changed", f"select 1; {change}"):
            with pytest.raises((asyncpg.PostgresSyntaxError, asyncpg.FeatureNotSupportedError)):
                await own.fetch(written)
        ways: list[Callable[[], Awaitable[object]]] = [
            lambda: own.execute(change),
            lambda: own.executemany(change, []),
        ]
        for way in ways:
            with pytest.raises(TypeError, match="changes nothing"):
                await way()
    finally:
        await connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        *(groups._INSIDE, groups._PAGE, groups._MINE, groups._WHOLE_PAGES),
        *listed_groups._PAGES.values(),
        *(standings._LOOK, standings._INSIDE, meetings._OF_GROUP),
    ],
)
@pytest.mark.parametrize("door", list(Door))
async def test_the_door_stands_outside_and_the_question_within(
    settings: Settings, world: World, statement: Statement, door: Door
) -> None:
    """As PostgreSQL plans it: a nested loop whose outer side is the door, so that it has to come first."""
    heard = Heard()
    own = reading(heard, world.coordinator, world.organisation, door)
    await own.fetch(statement.sql, *statement.arguments(dict.fromkeys(statement.names)))
    connection = await connected(settings)
    try:
        async with connection.transaction():
            await connection.execute(f"prepare asked as {heard.sql}")
            nothing = ", ".join(["null"] * (len(statement.names) + 2))
            found = await connection.fetchval(f"explain (verbose, format json) execute asked({nothing})")
        plan = json.loads(found)[0]["Plan"]
        outer, inner = plan["Plans"]
        assert plan["Node Type"] == "Nested Loop"
        assert (outer["Parent Relationship"], inner["Parent Relationship"]) == ("Outer", "Inner")
        opens = "enter(" if door is Door.OWN else "set_config("
        assert opens in json.dumps(outer)
        assert "current_setting(" not in json.dumps(outer)
        assert "current_setting(" in json.dumps(inner)
    finally:
        await connection.close()
