"""What every test may ask for: a database of its own worker, the service over it, a world, an HTTP client."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.adapters.identity.dev_issuer import DevIssuer
from app.bootstrap import Running, dev_issuer, running
from app.cli import migrate
from app.main import create_app
from app.settings import Settings
from tests.browser.reporting import pytest_terminal_summary as pytest_terminal_summary
from tests.support.cluster import SuiteCluster, suite_cluster
from tests.support.world import Travel, World

SECRET = "a secret for tests alone, of enough characters"


def settings_for(url: str, folder: Path) -> Settings:
    """Settings of a service in tests: its own keys, its own issuer, a clock that can be moved."""
    return Settings(
        environment="test",
        DATABASE_URL=SecretStr(url),
        secret=SecretStr(SECRET),
        data_dir=folder,
        ballot_keys=folder / "keys",
        pool_size=10,
    )


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SuiteCluster]:
    """One PostgreSQL for the whole run, with a migrated template."""
    folder = tmp_path_factory.mktemp("migration")
    with suite_cluster() as started:
        started.template_from(lambda url: migrate(settings_for(url, folder)))
        yield started


@pytest.fixture(scope="session")
def database_url(cluster: SuiteCluster, worker_id: str) -> str:
    """The owner's URL of this worker's own database."""
    return cluster.database(worker_id)


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of this worker's service."""
    return settings_for(database_url, tmp_path_factory.mktemp("service"))


@pytest.fixture(scope="session")
def travel() -> Travel:
    """Moves the service's clock; it only ever goes forward."""
    return Travel()


@pytest.fixture(scope="session")
async def service(settings: Settings, travel: Travel) -> AsyncIterator[Running]:
    """The service over this worker's database, as the unprivileged role."""
    async with running(settings, travel) as started:
        yield started


@pytest.fixture
async def world(service: Running, travel: Travel) -> World:
    """An organisation of the test's own."""
    return await World(service, travel).begin()


@pytest.fixture(scope="session")
async def web(service: Running) -> AsyncIterator[FastAPI]:
    """The application over the same service."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Running]:
        yield service

    app = create_app(start, development=False, public_url="http://127.0.0.1:8000", reads_one_in=1)
    async with app.router.lifespan_context(app):
        await app.state.graphql.made()
        yield app


@pytest.fixture
async def http(web: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, without a socket."""
    transport = httpx.ASGITransport(web, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture(scope="session")
def issuer(settings: Settings) -> DevIssuer:
    """The development issuer that the service believes."""
    made = dev_issuer(settings)
    assert made is not None
    return made


@pytest.fixture(scope="session")
def token(issuer: DevIssuer) -> Callable[[str], str]:
    """A token for a subject: `token(actor.subject)`."""
    return lambda subject: issuer.mint(subject, now=datetime.now(UTC), client_id="tests")
