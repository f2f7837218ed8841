"""An import goes on after its server was killed in the middle: nothing that was answered is lost or there twice."""

import json
import os
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.bootstrap import dev_issuer, running
from tests.conftest import settings_for
from tests.faults.test_kills import Scene, Server
from tests.support.canaries import Tap
from tests.support.cluster import SuiteCluster
from tests.support.systems_world import ALL_SCOPES, let_in, machine
from tests.support.world import Travel, World

KILLS = int(os.environ.get("VERKSTED_KILLS", "2"))
ROWS = 40 * max(1, KILLS // 2)


@pytest.fixture(scope="module")
async def scene(
    cluster: SuiteCluster, worker_id: str, tmp_path_factory: pytest.TempPathFactory, tap: Tap
) -> AsyncIterator[Scene]:
    """An organisation that has let a system in, in a database of its own; what the servers said is read at the end."""
    url = cluster.database(f"import_kills_{worker_id}")
    settings = settings_for(url, tmp_path_factory.mktemp("import_kills"))
    travel = Travel()
    async with running(settings, travel) as service:
        world = await World(service, travel).begin()
        await let_in(world, machine("job"))
    issuer = dev_issuer(settings)
    assert issuer is not None
    token = issuer.mint(
        "job", now=datetime.now(UTC), client_id="job", scopes=ALL_SCOPES, lifetime=timedelta(hours=8)
    )
    path = f"/v1/organisations/{world.organisation}/course-imports/{uuid4()}"
    yield Scene(settings, url, [path], [token])
    for said in settings.data_dir.glob("said-*"):
        tap.read_log(said)


def row(number: int) -> bytes:
    said = {
        "kind": "course", "own_id": f"K-{number}", "title": "Living with pain", "first_day": "2027-01-12",
        "last_day": "2027-02-23", "form": "in_person", "area": "Fjordby", "language": "nb",
    }  # fmt: skip
    return json.dumps(said).encode() + b"\n"


async def send(server: Server, scene: Scene, kill_after: int | None) -> list[dict[str, Any]]:
    """Send the whole file; after so many answers the server is killed. What was answered until then."""
    told: list[dict[str, Any]] = []
    headers = {"authorization": f"Bearer {scene.tokens[0]}", "content-type": "application/x-ndjson"}
    body = b"".join(map(row, range(ROWS)))
    try:
        async with (
            httpx.AsyncClient(trust_env=False, timeout=60) as client,
            client.stream(
                "PUT", f"http://127.0.0.1:{server.port}{scene.paths[0]}", content=body, headers=headers
            ) as answer,
        ):
            assert answer.status_code == 200
            async for line in answer.aiter_lines():
                told.append(json.loads(line))
                if len(told) == kill_after:
                    server.kill()
    except httpx.TransportError:
        assert kill_after is not None, "nobody has killed it"
    return told


async def test_an_import_goes_on_after_every_kill(scene: Scene) -> None:
    server, chance = Server(scene, careless=False), random.Random(39)
    answered: dict[int, str] = {}
    try:
        for turn in range(KILLS + 1):
            await server.start()
            kill_after = None if turn == KILLS else min(len(answered) + chance.randint(1, 12), ROWS - 1)
            for line in await send(server, scene, kill_after):
                if "row" in line:
                    if line["row"] in answered:
                        assert (line["course_id"], line["done_before"]) == (answered[line["row"]], True)
                    answered[line["row"]] = line["course_id"]
                else:
                    assert line["import"]["created"] == ROWS
    finally:
        server.kill()
    assert len(answered) == len(set(answered.values())) == ROWS
    connection = await asyncpg.connect(scene.url)
    try:
        await connection.execute("alter table course no force row level security")
        assert await connection.fetchval("select count(*) from course") == ROWS
    finally:
        await connection.close()
