"""A service of the table's own, which can be told to forget every change at once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from app.adapters.postgres import transact
from app.bootstrap import Running, running
from app.settings import Settings
from tests.conftest import settings_for
from tests.parity.scene import Scene, elsewhere, play
from tests.support.cluster import SuiteCluster
from tests.support.serving import client_of
from tests.support.world import Travel, World


class _Undone(Exception):
    """The change was seen, and isn't kept."""


@dataclass
class Memory:
    """Whether changes are kept. While they aren't, both ways in find the very same state."""

    keeps: bool = True


@pytest.fixture(scope="session")
def memory() -> Memory:
    """The switch."""
    return Memory()


@pytest.fixture(scope="session")
async def parity_service(
    cluster: SuiteCluster, worker_id: str, settings: Settings, memory: Memory
) -> AsyncIterator[tuple[Running, Travel]]:
    """A service over a database of its own; each of its transactions is rolled back while nothing is to be kept."""
    attempt = transact._attempt

    async def seen_only(pool: Any, opening: str, once: Callable[[Any], Awaitable[Any]]) -> Any:
        if memory.keeps:
            return await attempt(pool, opening, once)
        seen = []

        async def look(connection: Any) -> None:
            seen.append(await once(connection))
            raise _Undone

        try:
            await attempt(pool, opening, look)
        except _Undone:
            return seen[-1]
        raise AssertionError("unreachable")

    own = settings_for(cluster.database(f"parity_{worker_id}"), settings.data_dir)
    travel = Travel()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transact, "_attempt", seen_only)
        async with running(own, travel) as service:
            yield service, travel


@pytest.fixture(scope="session")
async def scene(parity_service: tuple[Running, Travel]) -> Scene:
    """The fixed state of the world."""
    scene = await play(await World(*parity_service).begin())
    _, scene.viewers["member elsewhere"] = await elsewhere(scene.world)
    return scene


@pytest.fixture(scope="session")
async def ways(parity_service: tuple[Running, Travel]) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application over that service."""
    service, _ = parity_service
    async with client_of(service, reads_one_in=1) as client:
        yield client
