"""That nothing is there is refused at a whole step of time, whatever it took to find that out; and nothing else is."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI

from app.api.shared.even import Even
from app.api.shared.operations import ALL, Operation
from app.bootstrap import Running
from app.domain.shared.errors import Busy, DomainError, Kind
from app.settings import Settings
from tests.parity.samples import BODIES, places
from tests.parity.scene import Scene, play
from tests.parity.ways_in import Question, ask_graphql, ask_rest
from tests.probe.timing import absent_id
from tests.support.serving import giving
from tests.support.world import Travel, World


class Missing(DomainError):
    """Nothing is there."""

    kind, code = Kind.NOT_FOUND, "shared.not_found"


class Refused(DomainError):
    """It is there, and not now."""

    kind, code = Kind.CONFLICT, "shared.conflict"


@dataclass
class Watch:
    """A clock that goes only while somebody waits by it, and as far as it is set."""

    now: float = 100.0
    waited: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds

    def even(self, step: float) -> Even:
        """By this clock."""
        return Even(step, clock=lambda: self.now, pause=self.sleep)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.mark.parametrize(
    ("took", "answered_after"), [(0.001, 0.04), (0.039, 0.04), (0.041, 0.08), (0.5, 0.52)]
)
async def test_nothing_there_comes_at_a_whole_step(watch: Watch, took: float, answered_after: float) -> None:
    async def asked() -> None:
        async with watch.even(0.04)():
            watch.now += took
            raise Missing

    with pytest.raises(Missing):
        await asked()
    assert watch.now - 100.0 == pytest.approx(answered_after)


@pytest.mark.parametrize("error", [Refused, Busy, RuntimeError, asyncio.CancelledError])
async def test_all_else_comes_at_once(watch: Watch, error: type[BaseException]) -> None:
    with pytest.raises(error):
        async with watch.even(0.04)():
            raise error
    async with watch.even(0.04)():
        pass
    with pytest.raises(Missing):
        async with watch.even(0.0)():
            raise Missing
    assert watch.waited == []


def test_it_is_on_unless_it_is_switched_off() -> None:
    assert Settings(environment="test").even_ms == 100


@dataclass
class Noting:
    """In the place of `Even`: how often something was asked within it, and how that ended."""

    ended: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        try:
            yield
        except DomainError as error:
            self.ended.append(error.kind.name)
            raise


@pytest.fixture
def noting(web: FastAPI) -> Iterator[Noting]:
    """In the place of the application's own."""
    made = Noting()
    with giving(web, even=made):
        yield made


@pytest.fixture(scope="module")
async def scene(service: Running, travel: Travel) -> Scene:
    """Something to ask for."""
    return await play(await World(service, travel).begin())


INSIDE = [
    operation for operation in ALL if operation.path_names and operation.path_names[0] != "organisation_id"
]


@pytest.mark.parametrize("operation", INSIDE, ids=lambda operation: operation.name)
async def test_every_operation_is_asked_within(
    http: httpx.AsyncClient,
    scene: Scene,
    token: Callable[..., str],
    noting: Noting,
    operation: Operation,
) -> None:
    """By both ways in: whatever an id of nobody leads to is told from within, so that its time can be made even."""
    place = {
        name: absent_id(scene.organisation) if name.endswith("_id") and name != "rule_id" else value
        for name, value in places(scene, operation)[0].items()
    }
    body = BODIES[operation.name](scene) if operation.takes is not None else None
    question = Question(operation, place, body, {})
    headers = scene.headers("registered", token)
    answers = [await ask_rest(http, question, headers), await ask_graphql(http, question, headers)]
    assert {each.code for each in answers} != {"ok"} or operation.is_public
    expected = [each for each in answers if each.code != "ok"]
    assert len(noting.ended) == len(expected), [each.code for each in answers]
