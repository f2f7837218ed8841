"""One PostgreSQL for a test run, one migrated template in it, and a database per worker.

    with suite_cluster() as cluster:
        cluster.template_from(migrate)               # once per run, whoever comes first
        url = cluster.database(worker_id)            # this worker's own copy, as the owner

The server is an embedded one in the temporary directory, without fsync, stopped by the last worker that leaves.
What a killed run left behind is stopped and removed by the next run. With `TEST_DATABASE_URL` (an owner with
CREATEDB and CREATEROLE; the database's name must end in `_test`) that server is used instead.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import tempfile
import threading
import uuid
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from app.adapters.postgres import embedded
from app.adapters.postgres.embedded_host import locked
from app.adapters.postgres.roles import RoleNames, ensure_access

T = TypeVar("T")
_ENDING = "_test"
_THIS_PROCESS = uuid.uuid4().hex


class NotATestDatabase(RuntimeError):
    """Tests make, fill and drop databases: they want one whose name says that this is meant."""


class ServerInUse(RuntimeError):
    """Another test run works on this server, and the two would drop each other's databases."""


class SuiteCluster:
    """The databases of one test run. Names are short words (`gw0`); the real ones end in `_test`."""

    def __init__(self, server_url: str, prefix: str, directory: Path) -> None:
        self.server_url = server_url
        """As the owner, in a database that nobody else works in: for CREATE DATABASE and the like."""
        self._prefix, self._directory = prefix, directory

    def template_from(self, migrate: Callable[[str], None]) -> None:
        """Migrate the template, once per run: `migrate` gets the owner's URL of an empty database.

        It runs in a thread of its own (so it may use `asyncio.run`), and has to close its connections: PostgreSQL
        copies only what nobody is connected to.
        """
        template = self._name("template")
        with locked(self._directory / "template.lock"):
            if _wait(_exists(self.server_url, template)):
                return
            building = self.empty_database("building")
            apart(lambda: migrate(building))
            self._execute(
                f'alter database "{self._name("building")}" with allow_connections false',
                f'alter database "{self._name("building")}" rename to "{template}"',
            )

    def database(self, name: str, roles: RoleNames | None = None) -> str:
        """A fresh copy of the template, in place of an older one of this name: the owner's URL."""
        url = self._fresh(name, f'template "{self._name("template")}"')
        # Who may connect stands outside of a database, so it is not copied.
        _wait(_let_in(url, roles or RoleNames()))
        return url

    def copy(self, name: str, of: str, roles: RoleNames | None = None) -> str:
        """A copy of another one of this suite, to which nobody may be connected: a backup that is taken, or restored."""
        url = self._fresh(name, f'template "{self._name(of)}"')
        _wait(_let_in(url, roles or RoleNames()))
        return url

    def empty_database(self, name: str) -> str:
        """A fresh empty database (for tests of migrations): the owner's URL."""
        return self._fresh(name, "template template0")

    def drop(self, name: str) -> None:
        """Drop a database, with whoever is connected to it."""
        self._execute(f'drop database if exists "{self._name(name)}" with (force)')

    def drop_all(self) -> None:
        """Drop every database of this suite."""
        for name in _wait(_databases(self.server_url, self._prefix)):
            self._execute(f'drop database if exists "{name}" with (force)')

    def _fresh(self, name: str, source: str) -> str:
        self.drop(name)
        self._execute(f'create database "{self._name(name)}" {source}')
        return with_database(self.server_url, self._name(name))

    def _name(self, name: str) -> str:
        return f"{self._prefix}_{name}{_ENDING}"

    def _execute(self, *statements: str) -> None:
        _wait(_execute(self.server_url, statements))


@contextmanager
def suite_cluster(run: str | None = None, root: Path | None = None) -> Iterator[SuiteCluster]:
    """The cluster of this test run. Workers of one run (same `run`; pytest-xdist's own id by default) share it."""
    run = run or os.environ.get("PYTEST_XDIST_TESTRUNUID", _THIS_PROCESS)
    root = root or Path(tempfile.gettempdir(), f"verksted-suite-{os.geteuid()}")
    root.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
    if root.lstat().st_uid != os.geteuid():
        raise PermissionError(f"{root} belongs to somebody else")
    given = os.environ.get("TEST_DATABASE_URL")
    with _given_server(given, run, root) if given else _own_server(run, root) as cluster:
        yield cluster


@contextmanager
def _own_server(run: str, root: Path) -> Iterator[SuiteCluster]:
    directory = root / f"run-{run}"
    with locked(root / "lock"):
        for old in root.glob("run-*"):
            if old != directory:
                _remove_if_unused(old)
        server = embedded.start(directory, durable=False)
    try:
        yield SuiteCluster(server.owner_url, f"{embedded.DATABASE}_suite", directory)
    finally:
        with locked(root / "lock"):
            server.stop()
            _remove_if_unused(directory)


def _remove_if_unused(directory: Path) -> None:
    if embedded.stop_orphan(directory):
        with suppress(FileNotFoundError):
            shutil.rmtree((directory / "cluster").resolve())
        shutil.rmtree(directory)


@contextmanager
def _given_server(url: str, run: str, root: Path) -> Iterator[SuiteCluster]:
    name = urlsplit(url).path.removeprefix("/")
    if not name.endswith(_ENDING):
        raise NotATestDatabase(f"TEST_DATABASE_URL names {name!r}: its database has to end in {_ENDING!r}")
    directory = root / f"server-{hashlib.sha256(url.encode()).hexdigest()[:16]}"
    directory.mkdir(mode=0o700, exist_ok=True)
    cluster = SuiteCluster(url, f"{name.removesuffix(_ENDING)}_suite", directory)
    users = os.open(directory / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        with locked(root / "lock"):
            if _is_alone(users):
                cluster.drop_all()  # what a killed run left
                (directory / "run").write_text(run)
            elif (directory / "run").read_text() != run:
                raise ServerInUse("another test run works on the server of TEST_DATABASE_URL")
            fcntl.flock(users, fcntl.LOCK_SH)
        yield cluster
        with locked(root / "lock"):
            if _is_alone(users):
                cluster.drop_all()
    finally:
        os.close(users)


def _is_alone(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def with_database(url: str, database: str) -> str:
    """The same server and login, another database."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))


async def _execute(url: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _exists(url: str, name: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        return bool(await connection.fetchval("select true from pg_database where datname = $1", name))
    finally:
        await connection.close()


async def _databases(url: str, prefix: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "select datname from pg_database where datname like $1 and datname <> current_database()",
            prefix.replace("_", "\\_") + "\\_%" + _ENDING.replace("_", "\\_"),
        )
        return [row["datname"] for row in rows]
    finally:
        await connection.close()


async def _let_in(url: str, roles: RoleNames) -> None:
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval(
            "select count(*) from pg_roles where rolname = any($1)", list(roles)
        ) == len(roles):
            await ensure_access(connection, roles)
    finally:
        await connection.close()


def _wait(work: Coroutine[object, object, T]) -> T:
    return apart(lambda: asyncio.run(work))


def apart(work: Callable[[], T]) -> T:
    """Do it in a thread of its own, so that it doesn't matter whether the caller runs in an event loop."""
    answers: list[T] = []
    errors: list[BaseException] = []

    def body() -> None:
        try:
            answers.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return answers[0]
