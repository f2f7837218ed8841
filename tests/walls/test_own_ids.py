"""What two systems of one organisation say by ids of their own is kept apart by the database, too.

Each statement here forgets what ours say: whose rows it asks for. It is the wall that answers, and nothing else.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.roles import role_urls
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Invalid
from app.domain.systems.account import login_of_actor
from tests.conftest import SECRET
from tests.support.courses_world import announced
from tests.support.systems_world import MUNICIPALITY, STRANGER, SUPPLIER, let_in, municipal
from tests.support.world import World

TABLES = ("course_announcement", "course_import", "imported_row")
ENTER = "select enter_system($1, $2, null, clock_timestamp() + $3::interval)"
SAY = "insert into course_announcement values ($1, $2, $3, $4)"
BEGIN = "insert into course_import values ($1, $2, $3, clock_timestamp())"
Inside = Callable[[Actor], Any]


@pytest.fixture
def inside(world: World, database_url: str) -> Inside:
    """`async with inside(system) as connection`: in the service's role, in a transaction that this system has entered."""

    @asynccontextmanager
    async def entered(actor: Actor) -> AsyncIterator[Any]:
        connection = await asyncpg.connect(role_urls(database_url, SECRET).app)
        try:
            async with connection.transaction():
                if actor.is_system:
                    login = login_of_actor(actor)
                    await connection.fetchval(ENTER, login, world.organisation, world.travel.by)
                else:
                    await connection.fetchval("select enter($1, $2)", actor.person, world.organisation)
                yield connection
        finally:
            await connection.close()

    return entered


async def owners(connection: Any, table: str) -> set[UUID]:
    """Whose rows a statement finds that names no system."""
    return {row["system_id"] for row in await connection.fetch(f"select system_id from {table}")}


async def one(world: World, number: str, **changes: Any) -> UUID:
    """A system that has announced a course and begun an import with one row."""
    system = municipal(number)
    account = await let_in(world, system, **changes)
    await announced(world, system, f"K-{number}")
    import_id = uuid4()
    await world.do.courses.begin_course_import(system, world.organisation, import_id)
    with pytest.raises(Invalid):
        await world.do.courses.import_course_row(
            system, world.organisation, import_id, 1, bytes(32), Invalid()
        )
    return account.id


async def refused(do: Awaitable[Any]) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await do


@pytest.mark.parametrize("table", TABLES)
async def test_a_statement_that_forgets_its_system_finds_what_is_its_own(
    world: World, inside: Inside, table: str
) -> None:
    first, second = await one(world, MUNICIPALITY), await one(world, SUPPLIER)
    for number, mine in ((MUNICIPALITY, first), (SUPPLIER, second)):
        async with inside(municipal(number)) as connection:
            assert await owners(connection, table) == {mine}
    for nobody in (world.coordinator, world.administrator, municipal(STRANGER)):
        async with inside(nobody) as connection:
            assert await owners(connection, table) == set()


async def test_nothing_is_said_or_changed_in_anothers_name(world: World, inside: Inside) -> None:
    await one(world, MUNICIPALITY)
    second = await one(world, SUPPLIER)
    course = (await announced(world, municipal(SUPPLIER), "K-other")).course.id
    here = world.organisation
    async with inside(municipal(MUNICIPALITY)) as connection:
        assert (
            await connection.execute("update course_import set finished_at = clock_timestamp()") == "UPDATE 1"
        )
        assert await connection.execute("update imported_row set done_at = clock_timestamp()") == "UPDATE 1"
    async with inside(municipal(MUNICIPALITY)) as connection:
        await refused(connection.execute(BEGIN, here, second, uuid4()))
    for actor in (municipal(MUNICIPALITY), world.administrator):
        async with inside(actor) as connection:
            await refused(connection.execute(SAY, here, second, "K-new", course))


async def test_who_continues_another_means_what_it_has_said_and_says_nothing_for_it(
    world: World, inside: Inside
) -> None:
    first, apart = await one(world, MUNICIPALITY), await one(world, SUPPLIER)
    later = await one(world, STRANGER, continues=[first])
    course = (await announced(world, municipal(SUPPLIER), "K-other")).course.id
    async with inside(municipal(STRANGER)) as connection:
        assert await owners(connection, "course_announcement") == {first, later}
        assert await owners(connection, "course_import") == {later}
    async with inside(municipal(MUNICIPALITY)) as connection:
        assert await owners(connection, "course_announcement") == {first}
    for another in (first, apart):
        async with inside(municipal(STRANGER)) as connection:
            await refused(connection.execute(SAY, world.organisation, another, "K-new", course))


async def test_there_is_something_to_keep_apart(world: World, database_url: str) -> None:
    """The control: with the walls down the very same statements find both."""
    both = {await one(world, MUNICIPALITY), await one(world, SUPPLIER)}
    owner = await asyncpg.connect(database_url)
    try:
        for table in TABLES:
            await owner.execute(f"begin; alter table {table} no force row level security")
            assert both <= await owners(owner, table)
            await owner.execute("rollback")
    finally:
        await owner.close()
