"""Two replicas with twenty-four connections together, one clock and one directory of keys for both."""

import logging
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.bootstrap import Running, running
from app.settings import Settings
from tests.races.storm import CLIENTS, Again, Storm, Tripwire
from tests.support.world import World


@pytest.fixture(scope="session")
def racing_settings(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The worker's database, half of the connections for each replica, keys elsewhere."""
    keys = tmp_path_factory.mktemp("races") / "keys"
    return settings.model_copy(update={"pool_size": CLIENTS // 2, "ballot_keys": keys})


@pytest.fixture(scope="session")
def key_files(racing_settings: Settings) -> Path:
    """Where the private keys lie."""
    return racing_settings.key_directory


@pytest.fixture(scope="session")
def tripwire() -> Tripwire:
    """The clock of this service alone."""
    return Tripwire()


@pytest.fixture(scope="session")
async def racing(racing_settings: Settings, tripwire: Tripwire) -> AsyncIterator[Running]:
    """One replica."""
    async with running(racing_settings, tripwire) as started:
        yield started


@pytest.fixture(scope="session")
async def replica(racing_settings: Settings, tripwire: Tripwire) -> AsyncIterator[Running]:
    """The other replica."""
    async with running(racing_settings, tripwire) as started:
        yield started


@pytest.fixture
def storm(racing: Running, replica: Running, request: pytest.FixtureRequest) -> Storm:
    """Twenty-four clients, whose dice fall the same way in every run."""
    return Storm((racing.ways.services, replica.ways.services), random.Random(request.node.name))


@pytest.fixture
async def arena(racing: Running, tripwire: Tripwire) -> World:
    """An organisation in it."""
    return await World(racing, tripwire).begin()


@pytest.fixture
def again() -> Iterator[Again]:
    """How often a transaction was made again during this test."""
    handler, logger = Again(), logging.getLogger("verksted.postgres")
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)
