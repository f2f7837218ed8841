"""Every access to an assessment, or to a contact, has exactly one entry in the log, also where the server is killed (P8).

Two servers on loopback, clients that read and try again with the same request id, `kill -9` at random moments. Everything
that was answered has one entry; nothing has two. `VERKSTED_KILLS` says how often it is killed (`make kills`: more).
"""

import asyncio
import os
import random
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from app.bootstrap import dev_issuer, running
from app.settings import Settings
from tests.conftest import SECRET, settings_for
from tests.support.canaries import Tap
from tests.support.cluster import SuiteCluster
from tests.support.intake_world import appointed, conversations
from tests.support.world import Travel, World

KILLS = int(os.environ.get("VERKSTED_KILLS", "3"))
CLIENTS = 8
ROOT = Path(__file__).parents[2]
COUNTED = (
    "select request_id, count(*) as entries from audit_entry where request_id is not null group by request_id"
)


@dataclass
class Scene:
    """A conversation that three people may read, with how its person is reached, and the tokens of the three."""

    settings: Settings
    url: str
    paths: list[str]
    tokens: list[str]


@dataclass
class Tally:
    """What was asked, and what was answered."""

    asked: set[UUID] = field(default_factory=set)
    answered: set[UUID] = field(default_factory=set)
    again: int = 0
    """Requests that were sent again, with the same id."""


@pytest.fixture(scope="module")
async def scene(
    cluster: SuiteCluster, worker_id: str, tmp_path_factory: pytest.TempPathFactory, tap: Tap
) -> AsyncIterator[Scene]:
    """In a database of its own, whose clock is the real one; what the servers have written is read at the end."""
    url = cluster.database(f"kills_{worker_id}")
    settings = settings_for(url, tmp_path_factory.mktemp("kills"))
    travel = Travel()
    async with running(settings, travel) as service:
        world = await World(service, travel).begin()
        interviewer = await conversations(world)
        person, assessment = await appointed(world, interviewer)
        issuer = dev_issuer(settings)
        assert issuer is not None
        tokens = [
            issuer.mint(
                str(each.subject), now=datetime.now(UTC), client_id="kills", lifetime=timedelta(hours=8)
            )
            for each in (interviewer, world.coordinator, person)
        ]
    one = f"/v1/assessments/{assessment}"
    yield Scene(settings, url, [one, f"{one}/contact"], tokens)
    for said in settings.data_dir.glob("said-*"):
        tap.read_log(said)


class Server:
    """A server on loopback, started again whenever it was killed."""

    def __init__(self, scene: Scene, *, careless: bool) -> None:
        self._scene, self._careless = scene, careless
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._said = scene.settings.data_dir / f"said-{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = self._scene.settings
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("VERKSTED_")},
            "DATABASE_URL": self._scene.url,
            "VERKSTED_ENVIRONMENT": "test",
            "VERKSTED_SECRET": SECRET,
            "VERKSTED_DATA_DIR": str(settings.data_dir),
            "VERKSTED_BALLOT_KEYS": str(settings.key_directory),
            "VERKSTED_PORT": str(self.port),
            "VERKSTED_POOL_SIZE": "4",
        }
        command = [sys.executable, "-m", "tests.faults.server", *(["--careless"] if self._careless else [])]
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(  # noqa: ASYNC220 the start alone; what follows is awaited
                command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said
            )
        async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(60):
            while True:
                with suppress(httpx.HTTPError):
                    if (await client.get(f"http://127.0.0.1:{self.port}/livez")).status_code == 200:
                        return
                assert self._process.poll() is None, "the server didn't start"
                await asyncio.sleep(0.05)

    def kill(self) -> None:
        """`kill -9`, by its own number."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@asynccontextmanager
async def servers(scene: Scene, *, careless: bool) -> AsyncIterator[list[Server]]:
    """Two of them; none is left behind."""
    started = [Server(scene, careless=careless) for _ in range(2)]
    try:
        await asyncio.gather(*(each.start() for each in started))
        yield started
    finally:
        for each in started:
            each.kill()


async def read_on(
    scene: Scene, ports: list[int], over: asyncio.Event, told: Tally, chance: random.Random
) -> None:
    """Read until it is over; what failed is tried again, with the same id, at whichever server."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        while not over.is_set():
            request, path = uuid4(), chance.choice(scene.paths)
            headers = {"Authorization": f"Bearer {chance.choice(scene.tokens)}", "X-Request-Id": str(request)}
            told.asked.add(request)
            for _ in range(200):
                try:
                    answer = await client.get(
                        f"http://127.0.0.1:{chance.choice(ports)}{path}", headers=headers
                    )
                except httpx.HTTPError:
                    told.again += 1
                    await asyncio.sleep(0.02)
                    continue
                if answer.status_code == 503:
                    told.again += 1
                    continue
                assert answer.status_code == 200, answer.text
                told.answered.add(request)
                if chance.random() < 0.05:  # the answer was lost on its way, say
                    told.again += 1
                    continue
                break


async def storm(scene: Scene, *, careless: bool, kills: int) -> tuple[Tally, dict[UUID, int]]:
    """Clients that read while servers are killed; what they were told, and how many entries each request has."""
    chance, told, over = random.Random(7), Tally(), asyncio.Event()
    async with servers(scene, careless=careless) as running_servers:
        ports = [each.port for each in running_servers]
        clients = [
            asyncio.create_task(read_on(scene, ports, over, told, random.Random(number)))
            for number in range(CLIENTS)
        ]
        for number in range(kills):
            await asyncio.sleep(0.2 + chance.random())
            victim = running_servers[number % 2]
            victim.kill()
            await victim.start()
        over.set()
        await asyncio.gather(*clients)
    return told, await entries(scene.url)


async def entries(url: str) -> dict[UUID, int]:
    """How many entries each request has, as the tables' owner sees them with the wall down, and nothing stays of it."""
    connection: Any = await asyncpg.connect(url)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute("alter table audit_entry no force row level security")
        return {row["request_id"]: row["entries"] for row in await connection.fetch(COUNTED)}
    finally:
        await transaction.rollback()
        await connection.close()


@pytest.mark.hazard("I-h8", "P-h15")
async def test_every_answer_has_one_entry_whatever_is_killed(scene: Scene) -> None:
    told, counted = await storm(scene, careless=False, kills=KILLS)
    print(f"{len(told.answered)} answers, {told.again} sent again, {KILLS} kills", file=sys.stderr)
    assert len(told.answered) > 20 * KILLS
    assert told.again
    assert told.answered <= counted.keys()
    assert {each: counted[each] for each in told.asked if counted.get(each, 1) != 1} == {}


async def test_a_server_that_notes_after_it_has_answered_is_found_out(scene: Scene) -> None:
    """The negative control: a test that can't fail says nothing."""
    told, counted = await storm(scene, careless=True, kills=max(2, KILLS // 10))
    assert told.answered - counted.keys()
