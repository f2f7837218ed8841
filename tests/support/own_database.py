"""Fixtures for a module that goes through everything there is: a database and a service of its own.

The database of a worker holds what all tests before have left, thousands of organisations at the end of a run; whoever
works through all of it takes minutes there. Import `database_url`, `settings` and `service` by name, each `as` itself.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from app.bootstrap import Running, running
from app.settings import Settings
from tests.conftest import settings_for
from tests.support.canaries import Tap, read_database
from tests.support.cluster import SuiteCluster, apart
from tests.support.world import Travel


@pytest.fixture(scope="module")
def database_url(
    cluster: SuiteCluster, worker_id: str, tap: Tap, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The owner's URL; at the end it is searched for canaries, as the worker's is."""
    url = cluster.database(f"{request.module.__name__.rpartition('.')[2]}_{worker_id}")
    yield url
    apart(lambda: asyncio.run(read_database(tap, url)))


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the module's service."""
    return settings_for(database_url, tmp_path_factory.mktemp("service"))


@pytest.fixture(scope="module")
async def service(settings: Settings, travel: Travel) -> AsyncIterator[Running]:
    """The service over that database."""
    async with running(settings, travel) as started:
        yield started
