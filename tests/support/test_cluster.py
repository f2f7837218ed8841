"""The suite's own cluster: shared by the workers of a run, gone after it, also when the run was killed."""

import asyncio
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from app.adapters.postgres.embedded import EmbeddedCluster, start
from app.adapters.postgres.roles import RoleNames
from tests.support.cluster import NotATestDatabase, ServerInUse, suite_cluster, with_database
from tests.support.embedded import python, runs, temporary_place, value
from tests.support.servers import SECRET, ensure, role_of

NAMES = RoleNames()


@pytest.fixture
def place() -> Iterator[Path]:
    with temporary_place() as directory:
        yield directory


@pytest.fixture(autouse=True)
def _own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)


def migrate(url: str) -> None:
    async def work() -> None:
        await ensure(url, SECRET)
        connection = await asyncpg.connect(url)
        await connection.execute("create table migrated (times int)")
        await connection.execute("insert into migrated values (1)")
        await connection.close()

    asyncio.run(work())


WORKER = """
    import asyncio, asyncpg
    from tests.support.cluster import suite_cluster
    from tests.support.test_cluster import migrate

    def counted(url):
        print("migrated", flush=True)
        migrate(url)

    with suite_cluster("run", Path(sys.argv[1])) as cluster:
        cluster.template_from(counted)
        print(cluster.database(sys.argv[2]), flush=True)
        sys.stdin.read()
"""


def worker(place: Path, name: str) -> "subprocess.Popen[str]":
    return python(WORKER, place, name, stdin=subprocess.PIPE)


def lines(process: "subprocess.Popen[str]") -> list[str]:
    """What it says until it names its database."""
    said: list[str] = []
    assert process.stdout
    while not said or not said[-1].startswith("postgresql://"):
        said.append(process.stdout.readline().strip())
        assert said[-1], "the worker died"
    return said


def leave(*processes: "subprocess.Popen[str]") -> None:
    for process in processes:
        process.communicate("")
        assert process.returncode == 0


async def test_workers_share_a_server_and_a_template_but_no_database(place: Path) -> None:
    workers = [worker(place, f"gw{number}") for number in range(2)]
    said = [lines(each) for each in workers]
    assert sorted(len(each) for each in said) == [1, 2], "one of them migrates, once"
    urls = [each[-1] for each in said]
    assert urls[0] != urls[1]
    assert [await value(url, "select times from migrated") for url in urls] == [1, 1]
    leave(workers[0])
    assert await value(urls[1], "select current_database()") == "verksted_suite_gw1_test"
    leave(workers[1])
    assert left_in(place) == []


def left_in(root: Path) -> list[str]:
    return [path.name for path in root.glob("run-*")]


async def test_the_roles_are_let_into_each_copy_and_nobody_else_is(place: Path) -> None:
    with suite_cluster("run", place) as cluster:
        cluster.template_from(migrate)
        url = cluster.database("gw0")
        asked = "select has_database_privilege($1, current_database(), 'temporary')"
        for name in NAMES:
            assert await value(url, asked.replace("$1", f"'{name}'")) is False
        await value(cluster.database("gw0"), "select times from migrated")
        cluster.drop("gw0")
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await value(url, "select 1")


async def test_the_next_run_cleans_up_after_one_that_was_killed(place: Path) -> None:
    killed = worker(place, "gw0")
    lines(killed)
    data = place / "run-run" / "cluster" / "data"
    pid = int((data / "postmaster.pid").read_text().split()[0])
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert runs(pid, data.parents[1])
    with suite_cluster("next", place):
        assert left_in(place) == ["run-next"]
        assert not runs(pid, data.parents[1])
    assert left_in(place) == []


async def test_a_migration_that_fails_leaves_no_half_template(place: Path) -> None:
    def fails(url: str) -> None:
        raise RuntimeError(url)

    with suite_cluster("run", place) as cluster:
        with pytest.raises(RuntimeError, match="postgresql"):
            cluster.template_from(fails)
        cluster.template_from(migrate)
        assert await value(cluster.database("gw0"), "select times from migrated") == 1
        assert await value(cluster.empty_database("new"), "select to_regclass('migrated') is null") is True


# --- on a given server -------------------------------------------------------------------------------------


@pytest.fixture
def given(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedCluster]:
    """Somebody's server, with a database for tests and one that looks similar."""
    with start(place / "server", durable=False) as server:
        for name in ("mine_test", "mine_other_test"):
            asyncio.run(value_or_nothing(server.owner_url, f"create database {name}"))
        monkeypatch.setenv("TEST_DATABASE_URL", server.url_of("mine_test"))
        yield server


async def value_or_nothing(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


def databases(server: EmbeddedCluster) -> set[object]:
    async def ask() -> set[object]:
        connection = await asyncpg.connect(server.owner_url)
        rows = await connection.fetch("select datname from pg_database where datname like 'mine%'")
        await connection.close()
        return {row[0] for row in rows}

    return asyncio.run(ask())


def test_a_given_server_is_used_and_left_as_it_was(given: EmbeddedCluster, place: Path) -> None:
    before = databases(given)
    with suite_cluster("run", place / "root") as cluster:
        cluster.template_from(migrate)
        url = cluster.database("gw0")
        assert url == with_database(given.owner_url, "mine_suite_gw0_test")
        assert databases(given) > before
        app = role_of(url, NAMES.app, "wrong")
        with pytest.raises(asyncpg.InvalidPasswordError):
            asyncio.run(value(app, "select 1"))
    assert databases(given) == before


def test_what_a_killed_run_left_on_a_given_server_is_dropped(given: EmbeddedCluster, place: Path) -> None:
    before = databases(given)
    asyncio.run(value_or_nothing(given.owner_url, "create database mine_suite_gw7_test"))
    with suite_cluster("run", place / "root"):
        assert databases(given) == before


def test_two_runs_on_one_given_server_are_refused(given: EmbeddedCluster, place: Path) -> None:
    def work(run: str) -> None:
        with suite_cluster(run, place / "root"):
            pass

    with suite_cluster("one", place / "root"):
        work("one")
        with pytest.raises(ServerInUse):
            work("two")
    work("two")


def test_a_database_that_is_not_for_tests_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://owner@localhost/verksted")
    with pytest.raises(NotATestDatabase, match="verksted"), suite_cluster("run", place):
        pass
