"""A service with a database of its own, whose clock has caught up with the database's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.bootstrap import running
from tests.conftest import settings_for
from tests.support.cluster import SuiteCluster
from tests.support.world import Travel
from tests.walls.history import History, tell


@pytest.fixture(scope="session")
async def history(
    cluster: SuiteCluster, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[History]:
    """The closed group and everybody at its door."""
    folder: Path = tmp_path_factory.mktemp("walls")
    settings = settings_for(cluster.database(f"walls_{worker_id}"), folder)
    travel = Travel()
    async with running(settings, travel) as service:
        yield await tell(service, travel, settings)
