"""The embedded PostgreSQL (O11, T10): it keeps what it was given, and finds itself again."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from app.adapters.postgres import embedded, embedded_host
from app.adapters.postgres.embedded import EmbeddedCluster, start, stop_orphan
from tests.support.embedded import (
    IS_ROOT,
    data_of,
    fetch,
    postmaster,
    python,
    runs,
    temporary_place,
    value,
)


@pytest.fixture
def place() -> Iterator[Path]:
    with temporary_place() as directory:
        yield directory


async def remember(url: str, word: str) -> None:
    await fetch(url, "create table if not exists kept (word text)")
    await fetch(url, f"insert into kept values ('{word}')")


# --- it keeps what it was given ---------------------------------------------------------------------------


async def test_the_second_start_finds_the_same_data_and_the_same_password(place: Path) -> None:
    with start(place, durable=False) as first:
        await remember(first.owner_url, "kept")
        pid = postmaster(place)
    assert not runs(pid, place), "the last one who leaves stops the server"
    with start(place, durable=False) as second:
        assert second.owner_url == first.owner_url
        assert await value(second.owner_url, "select word from kept") == "kept"


async def test_several_use_one_server_and_the_last_one_stops_it(place: Path) -> None:
    first = start(place, durable=False)
    second = start(place, durable=False)
    pid = postmaster(place)
    first.stop()
    first.stop()
    assert await value(second.owner_url, "select 1") == 1
    assert not stop_orphan(place), "somebody uses it"
    second.stop()
    assert not runs(pid, place)
    assert stop_orphan(place)


def test_several_processes_that_start_at_once_agree_on_one_server(place: Path) -> None:
    code = """
        cluster = start(Path(sys.argv[1]), durable=False)
        print(cluster.owner_url, (Path(sys.argv[1]) / "cluster/data/postmaster.pid").read_text().split()[0], flush=True)
        sys.stdin.read()
        cluster.stop()
    """
    crowd = [python(code, place, stdin=subprocess.PIPE) for _ in range(3)]
    answers = {one.stdout.readline() for one in crowd if one.stdout}
    for one in crowd:
        one.communicate("")
        assert one.returncode == 0
    assert len(answers) == 1
    assert not runs(int(answers.pop().split()[1]), place)


async def test_after_kill_9_of_the_parent_the_living_server_is_found(place: Path) -> None:
    code = """
        start(Path(sys.argv[1]), durable=False)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    parent = python(code, place)
    parent.communicate()
    assert parent.returncode == -signal.SIGKILL
    pid = postmaster(place)
    assert runs(pid, place)
    with start(place, durable=False) as found:
        assert postmaster(place) == pid
        assert await value(found.owner_url, "select 1") == 1
    assert not runs(pid, place)


async def kill_server(place: Path, cluster: EmbeddedCluster) -> int:
    """kill -9 while somebody is connected, as it happens."""
    connection = await asyncpg.connect(cluster.owner_url)
    pid = postmaster(place)
    os.kill(pid, signal.SIGKILL)
    connection.terminate()
    return pid


async def test_after_kill_9_of_the_server_everything_confirmed_is_there(place: Path) -> None:
    """Also at once, while orphaned backends still leave."""
    cluster = start(place)
    for number in range(3):
        await remember(cluster.owner_url, f"word {number}")
        killed = await kill_server(place, cluster)
        cluster.stop()
        cluster = start(place)
        assert postmaster(place) != killed
        assert await value(cluster.owner_url, "select count(*) from kept") == number + 1
    cluster.stop()


async def test_a_server_that_is_just_recovering_stops_as_well(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked in an orderly way it may hang then; it is cut short, and nothing is lost."""
    monkeypatch.setattr(embedded, "_ORDERLY_SECONDS", 0.5)
    cluster = start(place)
    await remember(cluster.owner_url, "kept")
    connection = await asyncpg.connect(cluster.owner_url)
    pid = postmaster(place)
    os.kill(connection.get_server_pid(), signal.SIGKILL)
    with pytest.raises((asyncpg.PostgresError, OSError)):
        await connection.fetch("select 1")
    cluster.stop()
    assert not runs(pid, place)
    with start(place) as again:
        assert await value(again.owner_url, "select word from kept") == "kept"


def test_it_has_stopped_when_its_process_is_gone_not_when_its_lock_file_is(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server takes its lock file away a moment before it leaves; here that moment is long."""
    cluster = start(place, durable=False)
    pid = postmaster(place)
    signals = []

    def slowly(asked: int, way: int) -> None:
        (data_of(place) / "postmaster.pid").unlink()
        signals.append(threading.Timer(0.3, kill, (asked, way)))
        signals[0].start()

    kill = os.kill
    monkeypatch.setattr(os, "kill", slowly)
    cluster.stop()
    assert not runs(pid, place)
    assert len(signals) == 1


async def test_a_lock_file_whose_number_is_somebody_elses_now_is_no_hindrance(place: Path) -> None:
    """After a restart of the container the old number often belongs to the service itself."""
    cluster = start(place, durable=False)
    await remember(cluster.owner_url, "kept")
    await kill_server(place, cluster)
    cluster.stop()
    stranger = somebody_else(place)
    lockfile = data_of(place) / "postmaster.pid"
    lines = lockfile.read_text().splitlines()
    lockfile.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
    try:
        with start(place, durable=False) as again:
            assert await value(again.owner_url, "select word from kept") == "kept"
        assert stranger.poll() is None, "it must not be taken for a server and stopped"
    finally:
        stranger.communicate(b"")


def somebody_else(place: Path) -> "subprocess.Popen[bytes]":
    """A harmless process of the server's account."""
    owner = data_of(place).stat()
    account = embedded_host.Account("", owner.st_uid, owner.st_gid, switched=IS_ROOT)
    return subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, **account.identity())


async def test_an_interrupted_first_start_is_begun_again(place: Path) -> None:
    """Here the disk is full as it were; then there is room again."""
    code = """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
        try:
            start(Path(sys.argv[1]), durable=False)
        except EmbeddedDatabaseError as error:
            print(error)
    """
    full = python(code, place)
    told, _ = full.communicate()
    assert "initdb" in told
    assert not data_of(place).exists()
    with start(place, durable=False) as cluster:
        assert await value(cluster.owner_url, "select 1") == 1


async def test_a_first_start_killed_between_any_two_steps_is_completed(place: Path) -> None:
    with start(place, durable=False) as cluster:
        before = cluster.owner_url
    (place / "owner.secret").write_text("")  # made, and killed before a word was written
    with start(place, durable=False) as cluster:
        assert cluster.owner_url != before
        assert await value(cluster.owner_url, "select 1") == 1
