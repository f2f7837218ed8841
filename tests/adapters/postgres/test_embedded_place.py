"""Where the embedded PostgreSQL lies and as whom it runs; and what it says when it can't (O11, T10)."""

import pwd
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.postgres import embedded_host
from app.adapters.postgres.embedded import EmbeddedDatabaseError, start, stop_orphan
from tests.support.embedded import (
    IS_ROOT,
    data_of,
    home_of,
    ordinary_user,
    package_copy,
    postmaster,
    python,
    runs,
    sockets_of,
    temporary_place,
    value,
)


@pytest.fixture
def place() -> Iterator[Path]:
    with temporary_place() as directory:
        yield directory


# --- where it lies ----------------------------------------------------------------------------------------


async def test_a_path_too_long_for_a_socket_gets_a_short_private_directory(place: Path) -> None:
    long = place / ("a long name's " * 8)
    with start(long, durable=False) as cluster:
        sockets = sockets_of(cluster)
        assert long not in sockets.parents
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert await value(cluster.owner_url, "select 1") == 1
        with start(long, durable=False) as second:
            assert second.owner_url == cluster.owner_url
    assert not sockets.exists()
    assert stop_orphan(long)


async def test_a_directory_may_have_any_usual_name(place: Path) -> None:
    name = "it's å 100 %; exit"
    with start(place / name, durable=False) as cluster:
        assert sockets_of(cluster) == place / name / "cluster" / "sockets"
        assert await value(cluster.owner_url, "select 1") == 1


async def test_a_comma_that_clients_would_read_as_two_hosts_is_kept_out_of_the_urls(place: Path) -> None:
    with start(place / "a,b", durable=False) as cluster:
        assert "," not in str(sockets_of(cluster))
        assert await value(cluster.owner_url, "select 1") == 1


@pytest.mark.parametrize("name", ['say "so"', "$(exit)", "`exit`", "back\\slash"])
def test_what_the_shell_of_pg_ctl_would_read_as_its_own_is_refused(place: Path, name: str) -> None:
    with pytest.raises(EmbeddedDatabaseError, match="can't handle"):
        start(place / name, durable=False)


async def test_a_living_server_whose_socket_was_cleaned_away_becomes_reachable_again(place: Path) -> None:
    first = start(place, durable=False)
    pid = postmaster(place)
    (sockets_of(first) / ".s.PGSQL.5432").unlink()
    with start(place, durable=False) as second:
        assert await value(second.owner_url, "select 1") == 1
        assert not runs(pid, place)
        first.stop()


async def test_root_puts_the_cluster_where_its_account_can_go_and_opens_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout below /root: neither data nor programs can be reached by the server's account there."""
    elsewhere = place.parent / "elsewhere"
    monkeypatch.setattr(embedded_host, "_ELSEWHERE", elsewhere)
    monkeypatch.setattr(embedded_host.Account, "reaches", lambda _self, _directory: False)
    close(place)
    for _ in range(2):
        with start(place, durable=False) as cluster:
            assert home_of(cluster).parent == elsewhere
            assert link_of(place) == home_of(cluster)
            assert program_of(postmaster(place)).is_relative_to(home_of(cluster))
            assert await value(cluster.owner_url, "select 1") == 1
    assert mode_of(place) == 0o700
    assert count(elsewhere) == 1


def close(place: Path) -> None:
    place.mkdir(mode=0o700)


def link_of(place: Path) -> Path:
    return (place / "cluster").readlink()


def program_of(pid: int) -> Path:
    return Path(f"/proc/{pid}/exe").resolve()


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def count(directory: Path) -> int:
    return len(list(directory.iterdir()))


def test_reach_is_asked_of_the_account_itself(place: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    account = embedded_host.Account("nobody", nobody.pw_uid, nobody.pw_gid, switched=IS_ROOT)
    place.mkdir(mode=0o700)
    assert account.reaches(place) is not IS_ROOT
    assert account.reaches(place.parent)


# --- it explains ------------------------------------------------------------------------------------------


def test_a_directory_that_can_not_be_is_explained(place: Path) -> None:
    place.write_text("a file")
    with pytest.raises(EmbeddedDatabaseError, match=r"can't be kept in .*set DATABASE_URL"):
        start(place / "below a file")
    place.unlink()


def test_a_cluster_of_another_release_is_explained_and_left_alone(place: Path) -> None:
    start(place, durable=False).stop()
    (data_of(place) / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedDatabaseError, match=r"PostgreSQL 16, and this is 18\. Dump it"):
        start(place, durable=False)
    assert (data_of(place) / "global").is_dir()


def test_a_damaged_cluster_is_explained_with_the_servers_words(place: Path) -> None:
    start(place, durable=False).stop()
    (data_of(place) / "global" / "pg_control").unlink()
    with pytest.raises(EmbeddedDatabaseError, match="could not find the database system"):
        start(place, durable=False)


def test_a_missing_package_is_explained(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_host, "_PACKAGE", "not_installed_here")
    with pytest.raises(EmbeddedDatabaseError, match=r"requirements-local\.lock"):
        start(place)


# --- as whom ----------------------------------------------------------------------------------------------


ORDINARY = """
    import asyncio, asyncpg
    from app.adapters.postgres import embedded, embedded_host
    asyncio.run(asyncio.sleep(0))  # everything is imported before we can't reach it any more
    place, package, uid, gid = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    sys.path.insert(0, package)
    os.chdir("/")
    if os.geteuid() == 0:
        os.setgroups([]); os.setgid(gid); os.setuid(uid)

    async def ask(query):
        connection = await asyncpg.connect(cluster.owner_url)
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()

    for expected in (None, 'kept', 'kept'):
        cluster = start(place)
        if expected is None:
            asyncio.run(ask("create table kept as select 'kept' as word"))
        assert asyncio.run(ask("select word from kept")) == 'kept'
        pid = int((place / "cluster/data/postmaster.pid").read_text().split()[0])
        assert os.stat(f"/proc/{pid}").st_uid == uid
        if expected:
            os.kill(pid, signal.SIGKILL)
        cluster.stop()
    print("done", place.stat().st_uid == (place / "cluster").stat().st_uid == uid)
"""


def test_an_ordinary_user_runs_it_as_itself(place: Path) -> None:
    place.parent.chmod(0o777)
    copied = package_copy(place.parent / "site")
    with ordinary_user() as user:
        told, _ = python(ORDINARY, place, copied, user.pw_uid, user.pw_gid).communicate()
        assert told == "done True\n"
        shutil.rmtree(place)
