"""`make probe`: in time, too, hidden and absent are alike; and what is over at one replica is over at the other.

What is asserted holds on any machine; the times are printed, for people. `VERKSTED_PROBE` says how many of each.
"""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from itertools import product

import httpx
import pytest
from structlog.testing import capture_logs

from app.api.shared.even import Even
from app.bootstrap import Running, running
from app.settings import Settings
from tests.parity.scene import Scene, play
from tests.probe.replicas import HEAD, Endings, Outcomes, line, times_of
from tests.probe.timing import PROBED, WAYS, Finding, cases, measured, table
from tests.support.replicas import Replica, replica_of
from tests.support.serving import client_of
from tests.support.world import Travel, World

EACH = int(os.environ.get("VERKSTED_PROBE", "2"))
IS_SHORT = EACH < 20
STEP_MS = int(
    os.environ.get("VERKSTED_EVEN_MS", "5" if IS_SHORT else str(Settings.model_fields["even_ms"].default))
)
"""`VERKSTED_EVEN_MS=0 make probe` shows what the even steps hide."""


@pytest.fixture(scope="module")
async def client(service: Running) -> AsyncIterator[httpx.AsyncClient]:
    """The service as it is run, with its even steps of time."""
    ways = replace(service.ways, even=Even(STEP_MS / 1000))
    async with client_of(replace(service, ways=ways)) as made:
        yield made


@pytest.fixture(scope="module")
async def other(settings: Settings, travel: Travel) -> AsyncIterator[httpx.AsyncClient]:
    """Another replica: a service with its own pools and memories, over the same database and the same keys."""
    async with (
        running(settings.model_copy(update={"pool_size": 2}), travel) as service,
        client_of(service) as made,
    ):
        yield made


@pytest.fixture(scope="module")
async def followed(settings: Settings, travel: Travel, token: Callable[..., str]) -> AsyncIterator[Replica]:
    """Another replica that is served on a socket, where people follow what happens."""
    async with (
        running(settings.model_copy(update={"pool_size": 2}), travel) as service,
        replica_of(service, token) as made,
    ):
        yield made


@pytest.fixture(scope="module")
async def scene(service: Running, travel: Travel) -> Scene:
    """What is asked for, and by whom: somebody of elsewhere, and two of the same organisation who may not see it."""
    made = await play(await World(service, travel).begin())
    other = await play(await World(service, travel).begin())
    made.viewers = {
        "elsewhere": other.viewers["member"],
        "registered": made.viewers["registered"],
        "coordinator": made.viewers["coordinator"],
    }
    return made


async def test_hidden_and_absent_take_as_long(
    client: httpx.AsyncClient, scene: Scene, token: Callable[..., str]
) -> None:
    """For everybody whom a thing is hidden from; each kind is hidden from somebody."""
    found: list[Finding] = []
    gc.collect()
    gc.freeze()
    with capture_logs():
        for case in cases(scene, shortly=IS_SHORT):
            asked = [
                _after(
                    STEP_MS / 6000 * turn,
                    measured(client, case, viewer, way, scene.headers(viewer, token), EACH),
                )
                for turn, (viewer, way) in enumerate(product(scene.viewers, WAYS))
            ]
            # Who waits for a step disturbs nobody, as long as they don't all begin at once; without steps, one by one.
            done = await asyncio.gather(*asked) if STEP_MS else [await each for each in asked]
            found += [finding for finding in done if finding is not None]
    gc.unfreeze()
    assert {each.case.kind for each in found} == set(PROBED)
    assert {each.viewer for each in found} == set(scene.viewers)
    print(table(found))


async def _after(seconds: float, asked: Awaitable[Finding | None]) -> Finding | None:
    await asyncio.sleep(seconds)
    return await asked


async def test_what_is_over_at_one_replica_is_over_at_the_other(
    other: httpx.AsyncClient, world: World, token: Callable[..., str]
) -> None:
    """A membership, a role, a system's account; and the key of somebody's name, within its second."""
    endings, lines = Endings(world, other, token), [HEAD]
    for what, kind in (
        ("membership, left", endings.memberships()),
        ("role of a coordinator, taken away", endings.roles()),
        ("account of a system, revoked", endings.systems()),
        ("key of a name, destroyed (a second at most)", endings.keys()),
    ):
        with capture_logs():
            lines.append(line(what, await times_of(kind, max(1, EACH // 10))))
    print("\n".join(lines))


async def test_how_soon_an_outcome_is_told_at_the_other_replica(followed: Replica, world: World) -> None:
    with capture_logs():
        told, answered = await Outcomes(world, followed).took(max(2, EACH // 4))
    print(f"\n{line('the last vote at one replica: answered after (ms)', answered)}")
    print(line("the outcome of it: told at the other after (ms)", told))
