"""Bare servers of every PostgreSQL release at hand: those of the package, and those of the machine (Debian)."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from app.adapters.postgres.embedded_host import account_for
from app.adapters.postgres.roles import (
    RoleUrls,
    UnsafeRole,
    derived_passwords,
    ensure_roles,
    refuse_unsafe,
    role_urls,
)
from tests.support.embedded import package, package_copy

SECRET = "a secret of at least thirty-two characters"
_NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Release:
    """Programs of one major release."""

    major: int
    programs: Path


def releases() -> list[Release]:
    """One of each major release from 15 on, newest first."""
    found = {16: package() / "pginstall" / "bin", 18: package() / "pginstall18" / "bin"}
    for programs in Path("/usr/lib/postgresql").glob("*/bin"):
        if (
            programs.parent.name.isdigit()
            and int(programs.parent.name) >= 15
            and (programs / "initdb").exists()
        ):
            found.setdefault(int(programs.parent.name), programs)
    return [Release(major, found[major]) for major in sorted(found, reverse=True)]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server with an owner as a managed service gives it: CREATEROLE, CREATEDB, nothing more."""

    major: int
    sockets: Path
    owner: str = "owner"

    @property
    def admin_url(self) -> str:
        """As the superuser, who in real life belongs to somebody else."""
        return f"postgresql://postgres:secret@/postgres?host={self.sockets}"

    async def fresh_database(self, template: str = "template0") -> str:
        """A new database that the owner owns: the owner's URL."""
        name = f"fresh{next(_NUMBERS)}"
        admin = await asyncpg.connect(self.admin_url)
        try:
            if not await admin.fetchval("select true from pg_roles where rolname = $1", self.owner):
                await admin.execute(f"create role {self.owner} login createrole createdb password 'owner'")
            await admin.execute(f"create database {name} owner {self.owner} template {template}")
        finally:
            await admin.close()
        return f"postgresql://{self.owner}:owner@/{name}?host={self.sockets}"

    async def forget(self, *roles: str) -> None:
        """Drop every database and these roles, so that the next test begins anew."""
        admin = await asyncpg.connect(self.admin_url)
        try:
            for row in await admin.fetch("select datname from pg_database where datname like 'fresh%'"):
                await admin.execute(f"drop database {row['datname']} with (force)")
            for role in roles:
                await admin.execute(f"drop role if exists {role}")
        finally:
            await admin.close()


@contextmanager
def temporary_server(release: Release) -> Iterator[Server]:
    """A server of this release in the temporary directory, without fsync."""
    directory = Path(tempfile.mkdtemp(prefix="verksted-server-"))
    account = account_for(directory)
    account.own(directory)
    programs = release.programs
    if not account.reaches(programs):
        programs = (
            package_copy(directory / "site", programs.parent.name)
            / package().name
            / programs.parent.name
            / "bin"
        )
    (password := directory / "password").write_text("secret")
    account.own(password)
    data = ("-D", str(directory / "data"))
    account.run(
        programs / "initdb", *data, "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={password}",
        "--encoding=UTF8", "--locale=C", "--no-sync", "--wal-segsize=1",
    )  # fmt: skip
    options = f"-c fsync=off -c listen_addresses= -c unix_socket_directories={directory}"
    account.run(programs / "pg_ctl", "start", *data, "-w", "-l", str(directory / "log"), "-o", options)
    try:
        yield Server(release.major, directory)
    finally:
        account.run(programs / "pg_ctl", "stop", *data, "-w", "-m", "immediate")
        shutil.rmtree(directory)


async def ensure(url: str, secret: str = SECRET) -> RoleUrls:
    """Make the roles as the owner of this URL, and answer with how to come in as them."""
    passwords = derived_passwords(secret)
    owner = await asyncpg.connect(url)
    try:
        await ensure_roles(
            owner,
            app_password=passwords.app,
            tally_password=passwords.tally,
            audit_password=passwords.audit,
            eraser_password=passwords.eraser,
            worker_password=passwords.worker,
        )
    finally:
        await owner.close()
    return role_urls(url, secret)


async def run(url: str, *statements: str) -> object:
    """The last answer of these statements."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return await connection.fetchval(statements[-1])
    finally:
        await connection.close()


async def reasons(url: str, *, become: str | None = None, durable: bool = False) -> tuple[str, ...]:
    """Why the service would not work as this role; empty if it would."""
    connection = await asyncpg.connect(url)
    try:
        if become:
            await connection.execute(f'set role "{become}"')
        await refuse_unsafe(connection, durable=durable)
    except UnsafeRole as refusal:
        return refusal.reasons
    finally:
        await connection.close()
    return ()


def role_of(url: str, name: str, password: str) -> str:
    """The same server and database, another login."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{name}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()
