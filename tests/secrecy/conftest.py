"""A service of these tests' own: its own clock, and its own directory of keys."""

import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from app.bootstrap import Running, running
from app.settings import Settings
from tests.secrecy.history import Story
from tests.support.serving import client_of
from tests.support.world import Travel, World


@pytest.fixture(scope="session")
def own_settings(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The worker's database, keys elsewhere."""
    return settings.model_copy(update={"ballot_keys": tmp_path_factory.mktemp("secrecy") / "keys"})


@pytest.fixture(scope="session")
def key_files(own_settings: Settings) -> Path:
    """Where the private keys lie."""
    return own_settings.key_directory


@pytest.fixture(scope="session")
def own_travel() -> Travel:
    """The clock of this service alone."""
    return Travel()


@pytest.fixture(scope="session")
async def own_service(own_settings: Settings, own_travel: Travel) -> AsyncIterator[Running]:
    """The service."""
    async with running(own_settings, own_travel) as started:
        yield started


@pytest.fixture
async def own_world(own_service: Running, own_travel: Travel) -> World:
    """An organisation in it."""
    return await World(own_service, own_travel).begin()


@pytest.fixture(scope="session")
async def own_http(own_service: Running) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application over it, logs and all."""
    async with client_of(own_service, reads_one_in=1) as client:
        yield client


@pytest.fixture
def story(
    own_service: Running,
    own_travel: Travel,
    own_http: httpx.AsyncClient,
    token: Callable[[str], str],
    database_url: str,
    key_files: Path,
) -> Callable[[int], Story]:
    """Tells a history from a seed."""
    return lambda seed: Story(
        begin=lambda: World(own_service, own_travel),
        http=own_http,
        token=token,
        owner_url=database_url,
        keys=key_files,
        dice=random.Random(seed),
    )
