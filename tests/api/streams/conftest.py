"""The other of two replicas over one database."""

from collections.abc import AsyncIterator, Callable

import pytest

from app.bootstrap import Running, running
from app.settings import Settings
from tests.support.replicas import Replica, replica_of
from tests.support.world import Travel


@pytest.fixture(scope="session")
async def other_service(settings: Settings, travel: Travel) -> AsyncIterator[Running]:
    """What the other replica runs on. The world is told at the first."""
    async with running(settings.model_copy(update={"pool_size": 3}), travel) as started:
        yield started


@pytest.fixture(scope="session")
async def there(other_service: Running, token: Callable[..., str]) -> AsyncIterator[Replica]:
    """The other replica: nothing is done there, people only follow."""
    async with replica_of(other_service, token) as made:
        yield made
