"""Nobody is told "done" before it is: lost connections, a lost database, and a control that shows they'd be noticed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.adapters.postgres import embedded, transact
from app.adapters.postgres.pool import PooledConnection
from app.bootstrap import Running, database_urls, running
from app.cli import migrate
from app.domain.shared.errors import Busy
from app.services.ports.paging import FIRST_PAGE
from app.settings import Settings
from tests.api.rest.conftest import Asking, Person
from tests.conftest import SECRET, settings_for
from tests.support.serving import client_of
from tests.support.world import World

FORM = {"form": "in_person", "area": "Fjordby", "language": "nb"}


async def form(person: Person, world: World, key: str) -> httpx.Response:
    """Form a group."""
    url = f"/v1/organisations/{world.organisation}/groups"
    return await person.ask("POST", url, FORM, idempotency_key=key)


async def groups(world: World) -> list[str]:
    """The ids of the groups that there are."""
    found = await world.do.groups.list_groups(
        world.coordinator, world.organisation, FIRST_PAGE, None, None, None
    )
    return [str(group.id) for group in found.items]


@dataclass
class Fate:
    """What befalls a connection that has written something, when it is to commit."""

    killer: Any
    comes: Literal["never", "before the commit", "after the commit"] = "never"
    times: int = 0


@pytest.fixture
async def fate(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Fate]:
    """Ends connections at the worst moment, through the database itself."""
    original = PooledConnection.execute
    found = Fate(await asyncpg.connect(database_urls(settings, SECRET).app))

    async def execute(self: Any, query: str, *arguments: Any, **options: Any) -> str:
        if query != "commit" or found.comes == "never":
            return await original(self, query, *arguments, **options)
        pid, has_written = await self.fetchrow(
            "select pg_backend_pid(), pg_current_xact_id_if_assigned() is not null"
        )
        if not has_written:
            return await original(self, query)
        found.times += 1
        if found.comes == "after the commit":
            await original(self, query)
        assert await found.killer.fetchval("select pg_terminate_backend($1, 5000)", pid)
        return await original(self, "select 1" if found.comes == "after the commit" else query)

    monkeypatch.setattr(PooledConnection, "execute", execute)
    yield found
    await found.killer.close()


async def test_a_commit_that_fails_is_never_a_2xx(world: World, asking: Asking, fate: Fate) -> None:
    person, key = asking(world.coordinator), str(uuid4())
    fate.comes = "before the commit"
    answer = await form(person, world, key)
    assert fate.times == 1
    assert (answer.status_code, answer.json()["code"]) == (503, "shared.busy")
    assert int(answer.headers["retry-after"]) > 0
    fate.comes = "never"
    assert await groups(world) == []
    again = await form(person, world, key)
    assert again.status_code == 201
    assert "idempotency-replayed" not in again.headers
    assert await groups(world) == [again.json()["id"]]


async def test_where_the_answer_of_the_commit_is_lost_the_key_tells(
    world: World, asking: Asking, fate: Fate
) -> None:
    """It was committed, but the connection ended before we knew: 503, and the same key tells."""
    person, key = asking(world.coordinator), str(uuid4())
    fate.comes = "after the commit"
    answer = await form(person, world, key)
    assert (answer.status_code, answer.json()["code"]) == (503, "shared.busy")
    fate.comes = "never"
    made = await groups(world)
    assert len(made) == 1
    again = await form(person, world, key)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    assert [again.json()["id"]] == made == await groups(world)


async def test_control_who_answers_before_the_commit_loses_what_was_told(
    world: World, asking: Asking, fate: Fate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with the same dying connection, a service that commits after its answer lies."""
    late: list[asyncio.Task[None]] = []
    as_it_is = transact._attempt

    async def answer_first(pool: Any, opening: str | None, once: Callable[[Any], Awaitable[Any]]) -> Any:
        if opening is None:  # nothing to commit: it only reads
            return await as_it_is(pool, opening, once)
        connection = await pool.acquire()
        await connection.execute(opening)
        result = await once(connection)

        async def commit_later() -> None:
            with suppress(*transact.LOST):
                await connection.execute("commit")
            await pool.release(connection)

        late.append(asyncio.create_task(commit_later()))
        return result

    fate.comes = "before the commit"
    with monkeypatch.context() as patch:
        patch.setattr(transact, "_attempt", answer_first)
        answer = await form(asking(world.coordinator), world, str(uuid4()))
        await asyncio.gather(*late)
    fate.comes = "never"
    assert fate.times == 1
    assert answer.status_code == 201
    assert answer.json()["id"] not in await groups(world)


async def test_connections_are_as_many_as_before(
    world: World, asking: Asking, service: Running, fate: Fate
) -> None:
    person = asking(world.coordinator)
    fate.comes = "before the commit"
    for _ in range(15):
        assert (await form(person, world, str(uuid4()))).status_code == 503
    fate.comes = "never"
    answers = await asyncio.gather(*(form(person, world, str(uuid4())) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert service.app_pool.get_idle_size() == service.app_pool.get_size()


async def test_a_database_that_is_gone_and_comes_back(tmp_path: Path) -> None:
    """503 with `Retry-After` while it is gone, without a restart of ours afterwards (O5)."""
    server = await asyncio.to_thread(embedded.start, tmp_path / "postgres", durable=False)
    own = settings_for(server.owner_url, tmp_path)
    try:
        await asyncio.to_thread(migrate, own)
        async with running(own) as service, client_of(service) as client:
            assert (await client.get("/v1/organisations")).status_code == 200
            assert (await client.get("/readyz")).status_code == 200
            await asyncio.to_thread(server.stop)
            for _ in range(3):
                answer = await client.get("/v1/organisations")
                assert (answer.status_code, answer.json()["code"]) == (503, Busy.code)
                assert int(answer.headers["retry-after"]) > 0
            assert (await client.get("/readyz")).status_code == 503
            assert (await client.get("/livez")).status_code == 200
            query = {"query": "{ listOrganisations { __typename ... on Problem { code } } }"}
            graphql = await client.post("/graphql", json=query)
            assert graphql.json()["data"]["listOrganisations"] == {"__typename": "Problem", "code": Busy.code}
            server = await asyncio.to_thread(embedded.start, tmp_path / "postgres", durable=False)
            assert server.owner_url == own.database_url.get_secret_value()  # type: ignore[union-attr]
            assert (await client.get("/v1/organisations")).status_code == 200
            assert (await client.get("/readyz")).status_code == 200
    finally:
        await asyncio.to_thread(server.stop)
