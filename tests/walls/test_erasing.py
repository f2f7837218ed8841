"""The role that erases: it may unlink and delete, behind the service's walls, and only for whose transaction it is."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.roles import role_urls
from tests.conftest import SECRET
from tests.support.world import Made, World


async def entered(url: str, person: UUID, organisation: UUID) -> Any:
    """A connection in a transaction of this person, in this organisation."""
    connection = await asyncpg.connect(url)
    await connection.transaction().start()
    await connection.execute(f"select enter('{person}', '{organisation}')")
    return connection


@pytest.fixture
async def group(world: World) -> Made:
    return await world.meeting(4)


@pytest.fixture
async def eraser(database_url: str, group: Made) -> AsyncIterator[Any]:
    """Where the first member is being erased."""
    url = role_urls(database_url, SECRET).eraser
    connection = await entered(url, group.members[0].person_id, group.organisation)
    yield connection
    await connection.close()


@pytest.fixture
async def service_role(database_url: str, group: Made) -> AsyncIterator[Any]:
    """The same as the service's own role."""
    url = role_urls(database_url, SECRET).app
    connection = await entered(url, group.members[0].person_id, group.organisation)
    yield connection
    await connection.close()


async def test_a_row_ceases_to_be_somebodys_in_their_own_transaction_alone(eraser: Any, group: Made) -> None:
    me, other = (member.person_id for member in group.members[:2])
    for value, whose in ((None, other), (other, me), (uuid4(), me), (me, other)):
        with pytest.raises(asyncpg.CheckViolationError, match="own erasure"):
            async with eraser.transaction():
                await eraser.execute("update placement set person_id = $1 where person_id = $2", value, whose)
    with pytest.raises(asyncpg.CheckViolationError, match="somebodys"):
        async with eraser.transaction():  # not as long as they are in the group
            await eraser.execute("update membership set person_id = null where person_id = $1", me)


@pytest.mark.parametrize(
    "statement",
    [
        "select sealed from envelope",
        "select from audit_entry",
        "delete from audit_entry",
        "delete from membership",
        "delete from ballot_outcome",
        "update ballot_outcome set verdict = 'adopted'",
        "update membership set ballot_id = null",
        "insert into placement select * from placement",
        "delete from generation",
        "delete from training_entry",
    ],
)
async def test_what_the_role_that_erases_can_not_do(eraser: Any, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await eraser.execute(statement)


async def test_of_another_organisation_it_sees_nothing(eraser: Any, group: Made) -> None:
    assert await eraser.fetchval("select count(*) from person") == 1
    assert await eraser.fetchval("select count(*) from identity") == 1
    assert await eraser.fetchval("select array_agg(distinct organisation_id) from membership") == [
        group.organisation
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "update membership set person_id = null",
        "update application set applicant_id = null",
        "delete from person",
        "delete from identity",
        "delete from registration",
        "delete from declaration",
        "select from erasure",
    ],
)
async def test_the_services_own_role_erases_nobody(service_role: Any, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await service_role.execute(statement)


async def test_nobody_comes_in_as_nobody(service_role: Any, group: Made) -> None:
    with pytest.raises(asyncpg.CheckViolationError, match="is somebody"):
        await service_role.execute(
            "insert into placement (organisation_id, id, group_id, person_id, invited_at, declined_at)"
            " select organisation_id, gen_random_uuid(), group_id, null, now(), now() from placement limit 1"
        )
