"""What every test may ask for: a database of its own worker, the service over it, a world, an HTTP client."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import hypothesis
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.adapters.identity.dev_issuer import DevIssuer
from app.bootstrap import Running, dev_issuer, running
from app.cli import migrate
from app.services.ports.attempts import Quota
from app.settings import Settings
from tests.browser import reporting
from tests.support import histories
from tests.support.canaries import Tap, listening, read_database
from tests.support.cluster import SuiteCluster, apart, suite_cluster
from tests.support.serving import application_of
from tests.support.world import Travel, World

PLENTY = Quota(1_000_000, 60)
hypothesis.settings.register_profile("here", deadline=None)  # how long one example takes proves nothing
hypothesis.settings.load_profile("here")  # before any test is read: `given` keeps what holds at that moment
SECRET = "a secret for tests alone, of enough characters"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a green run doesn't tell by itself."""
    histories.pytest_terminal_summary(terminalreporter)
    reporting.pytest_terminal_summary(terminalreporter)


def settings_for(url: str, folder: Path) -> Settings:
    """Settings of a service in tests: its own keys, its own issuer, a clock that can be moved."""
    return Settings(
        environment="test",
        DATABASE_URL=SecretStr(url),
        secret=SecretStr(SECRET),
        data_dir=folder,
        ballot_keys=folder / "keys",
        pool_size=10,
        even_ms=0,  # ten thousand probes are refused; `tests/probe` and `test_even.py` have it as it is
        # Counted like everywhere, and never too much: what is refused has tests of its own (test_limits.py).
        **{
            f"limit_{name}": PLENTY
            for name in ("person", "system", "address", "guessing", "tokens", "expensive")
        },
    )


@pytest.fixture(scope="session", autouse=True)
def tap() -> Iterator[Tap]:
    """Hears what the service says during all tests; a canary in it is an error of the last test."""
    with listening() as tap:
        yield tap
    tap.read_metrics()
    tap.require_silence()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SuiteCluster]:
    """One PostgreSQL for the whole run, with a migrated template."""
    folder = tmp_path_factory.mktemp("migration")
    with suite_cluster() as started:
        started.template_from(lambda url: migrate(settings_for(url, folder)))
        yield started


@pytest.fixture(scope="session")
def database_url(cluster: SuiteCluster, worker_id: str, tap: Tap) -> Iterator[str]:
    """The owner's URL of this worker's own database; at the end it is searched for canaries."""
    url = cluster.database(worker_id)
    yield url
    apart(lambda: asyncio.run(read_database(tap, url)))


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
    async with application_of(service, reads_one_in=1) as app:
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
def token(issuer: DevIssuer) -> Callable[..., str]:
    """A token for a subject: `token(actor.subject)`; for a system with its client and scopes."""

    def made(subject: str, *, client_id: str = "tests", scopes: Collection[str] = ()) -> str:
        return issuer.mint(subject, now=datetime.now(UTC), client_id=client_id, scopes=scopes)

    return made
