"""The demo is there as a whole, or it is said that it isn't."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import dev_issuer, running
from app.demo.seed import HalfSeeded, Seeder
from app.settings import Settings
from tests.conftest import settings_for
from tests.support.cluster import SuiteCluster


@pytest.fixture
def empty(cluster: SuiteCluster, worker_id: str, tmp_path: Path) -> Iterator[Settings]:
    name = f"demo_{worker_id}"
    yield settings_for(cluster.database(name), tmp_path)
    cluster.drop(name)


class Stopped(Exception):
    """Somebody has stopped it."""


@pytest.mark.parametrize("step", ["_forming_group", "_meeting_group"])
async def test_a_demo_that_was_stopped_half_way_is_never_taken_for_a_whole_one(
    empty: Settings, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer = dev_issuer(empty)
    assert issuer is not None

    async def stop(*_: object) -> None:
        raise Stopped

    async with running(empty) as service:
        seeder = Seeder(service, issuer.config().issuer)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(Seeder, step, stop)
            with pytest.raises(Stopped):
                await seeder.run()
        with pytest.raises(HalfSeeded, match=r"\.local"):
            await seeder.run()


async def test_a_whole_one_is_kept_as_it_is(empty: Settings) -> None:
    issuer = dev_issuer(empty)
    assert issuer is not None
    async with running(empty) as service:
        seeder = Seeder(service, issuer.config().issuer)
        assert await seeder.run()
        assert not await seeder.run()
