"""The six database roles: who may do what before any rule of the service is asked.

`owner` owns the tables and migrates; nothing else runs as owner. `app` is what the service works as: it owns
nothing, and row-level security holds for it. `tally` counts ballots, and alone may read envelopes. `audit` seals the log
of accesses: it reads that log, writes seals, takes out what is past its time, and can change nothing. `eraser` takes out
what is somebody's, behind the same walls as the service: what nobody else may delete or unlink (their grants stand in the
migrations). `worker` does what nobody asks for: it sees ids and times of all organisations in one table, and the little
that it sends within one. One URL of an owner is enough to begin: the passwords of the others follow from the service's
secret, so that none needs to be kept.

Roles belong to the whole server, and tests make many databases on one server, so everything here is repeatable
and survives others who do the same at the same time. PostgreSQL 15 to 18; the owner needs CREATEROLE and has to
own the database, and need not be a superuser.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import asyncpg
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.adapters.postgres.role_safety import Connection, UnsafeRole, refuse_unsafe

__all__ = [
    "RoleNames",
    "RoleUrls",
    "RolesNotEnsured",
    "UnsafeRole",
    "completed_urls",
    "derived_passwords",
    "ensure_access",
    "ensure_roles",
    "refuse_unsafe",
    "role_urls",
    "scram_verifier",
]

_ATTEMPTS: Final = 20
_LOCK: Final = 0x7665726B  # any number that is ours: "verk"
_SHORTEST_SECRET: Final = 32

_SETTINGS: Final = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
    "jit": "off",
    # Every statement here is prepared, found by a key or in the order of an index, and planned for longer than it runs
    # (measured: 2.4 ms against 0.4): one plan for all values.
    "plan_cache_mode": "force_generic_plan",
    # A plan outlives the time when its tables were small: so by index from the first, which is quicker even then, as
    # what is read lies in memory or on a disk without a head (measured: a list 625 → 500 µs, a group's page 350 → 275).
    "random_page_cost": "1.1",
    "TimeZone": "UTC",
    "log_parameter_max_length_on_error": "0",
}
"""On the role, so that no pooler can lose them (conventions.md, 8.19)."""

_PRIVILEGED_SETTINGS: Final = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
"""What keeps confidences out of the server's log. Only a superuser, or whom one granted it, may set these."""


class RoleNames(NamedTuple):
    """What the roles are called on this server; two installations on one server need different names."""

    app: str = "verksted_app"
    tally: str = "verksted_tally"
    audit: str = "verksted_audit"
    eraser: str = "verksted_eraser"
    worker: str = "verksted_worker"


class RoleUrls(NamedTuple):
    """How the service reaches its database: as `app`, on a second small pool as `tally`, and for a moment as the others."""

    app: str
    tally: str
    audit: str = ""
    """Empty where it isn't named: then it is reached where `app` is."""
    eraser: str = ""
    """The same."""
    worker: str = ""
    """The same."""


class RolesNotEnsured(RuntimeError):
    """The roles can't be made as they have to be. The message says what an administrator has to do."""


def derived_passwords(secret: str) -> RoleUrls:
    """The passwords of the roles, from the service's secret (at least 32 characters), by HKDF-SHA256."""
    if len(secret) < _SHORTEST_SECRET:
        raise ValueError(f"the service's secret needs at least {_SHORTEST_SECRET} characters")

    def derive(purpose: str) -> str:
        info = f"verksted/database-role/{purpose}".encode()
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
        return base64.urlsafe_b64encode(key).decode().rstrip("=")

    return RoleUrls(*(derive(role) for role in RoleUrls._fields))


def role_urls(owner_url: str, secret: str, names: RoleNames = RoleNames()) -> RoleUrls:  # noqa: B008 immutable
    """The URLs of the roles for the server and database of `owner_url`; everything but the login is kept."""
    passwords = derived_passwords(secret)
    return RoleUrls(*(_with_login(owner_url, *login) for login in zip(names, passwords, strict=True)))


def completed_urls(urls: RoleUrls, secret: str) -> RoleUrls:
    """The URLs with their derived password where they name none: so no file has to hold one."""
    names, passwords = RoleNames(), derived_passwords(secret)
    logins = [urlsplit(url) for url in urls]
    completed = RoleUrls(
        *(
            url if login.password else _with_login(url, unquote(login.username or name), password)
            for url, login, name, password in zip(urls, logins, names, passwords, strict=True)
        )
    )
    unnamed = [role for role in ("audit", "eraser", "worker") if not getattr(urls, role)]
    return completed._replace(
        **{role: _with_login(urls.app, getattr(names, role), getattr(passwords, role)) for role in unnamed}
    )


def _with_login(url: str, name: str, password: str) -> str:
    parts = urlsplit(url)
    kept = [
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in ("user", "password")
    ]
    netloc = f"{quote(name, safe='')}:{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(("postgresql", netloc, parts.path, urlencode(kept), ""))


async def ensure_roles(
    owner_connection: Connection,
    *,
    app_password: str,
    tally_password: str,
    audit_password: str,
    eraser_password: str,
    worker_password: str,
    names: RoleNames = RoleNames(),  # noqa: B008 immutable
) -> tuple[str, ...]:
    """Make or mend the roles, and let them into this database and the schema `public`, and nobody else.

    Answers with the log settings that the owner may not set on a role: an administrator has to see to those.
    Raises `RolesNotEnsured`. May be called again at any time, also by several at once.
    """
    for attempt in range(_ATTEMPTS):
        try:
            async with owner_connection.transaction():
                # Of one database only; those who prepare others are met by trying again.
                await owner_connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
                refused = await _ensure_role(owner_connection, names.app, app_password)
                await _ensure_role(owner_connection, names.tally, tally_password)
                await _ensure_role(owner_connection, names.audit, audit_password)
                await _ensure_role(owner_connection, names.eraser, eraser_password)
                await _ensure_role(owner_connection, names.worker, worker_password)
                await _ensure_access(owner_connection, names)
            return refused
        except (
            asyncpg.DuplicateObjectError,
            asyncpg.UniqueViolationError,
            asyncpg.InternalServerError,
        ) as error:
            # Two at once: "already exists", or "tuple concurrently updated" (XX000).
            met = not isinstance(error, asyncpg.InternalServerError) or "concurrently" in str(error)
            if not met or attempt == _ATTEMPTS - 1:
                raise
            await asyncio.sleep(secrets.randbelow(50) / 1000 * (attempt + 1))
    raise AssertionError("unreachable")


async def ensure_access(owner_connection: Connection, names: RoleNames = RoleNames()) -> None:  # noqa: B008
    """Let the (existing) roles into this database: what a copy from a template lacks."""
    async with owner_connection.transaction():
        await owner_connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
        await _ensure_access(owner_connection, names)


async def _ensure_role(connection: Connection, name: str, password: str) -> tuple[str, ...]:
    role, me = _identifier(name), await connection.fetchval("select current_user")
    try:
        configured = await _make_or_mend(connection, name, password)
    except asyncpg.InsufficientPrivilegeError as error:
        raise RolesNotEnsured(
            f"The owner {me} may not make or change the role {name} ({error}). It needs CREATEROLE; and for a role "
            f"that somebody else made, since PostgreSQL 16: GRANT {role} TO {_identifier(me)} WITH ADMIN OPTION, "
            "INHERIT FALSE, SET FALSE."
        ) from None
    refused = []
    for setting, value in _PRIVILEGED_SETTINGS.items():
        if f"{setting}={value}" in configured:
            continue
        try:
            async with connection.transaction():
                await connection.execute(f"alter role {role} set {setting} = '{value}'")
        except asyncpg.InsufficientPrivilegeError:
            refused.append(setting)
    return tuple(refused)


async def _make_or_mend(connection: Connection, name: str, password: str) -> frozenset[str]:
    """Make the role, or change what differs, and answer with the settings that it had."""
    role, select = _identifier(name), "select * from pg_roles where rolname = $1"
    found = await connection.fetchrow(select, name)
    if found is None:
        await connection.execute(
            f"create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit"
        )
        found = await connection.fetchrow(select, name)
        assert found is not None
    for column, word in (
        ("rolsuper", "SUPERUSER"),
        ("rolbypassrls", "BYPASSRLS"),
        ("rolreplication", "REPLICATION"),
    ):
        if found[column]:
            raise RolesNotEnsured(
                f"The role {name} exists and has {word}. Only an administrator can take that away: "
                f"ALTER ROLE {role} NO{word}."
            )
    # Only what differs, because some versions want CREATEDB of whoever says NOCREATEDB.
    wanted = [("rolcanlogin", True, "login"), ("rolinherit", False, "noinherit")]
    wanted += [("rolcreatedb", False, "nocreatedb"), ("rolcreaterole", False, "nocreaterole")]
    changes = " ".join(word for column, value, word in wanted if found[column] is not value)
    await connection.execute(f"alter role {role} {changes} password '{scram_verifier(password)}'")
    configured = frozenset(found["rolconfig"] or ())
    for setting, value in _SETTINGS.items():
        if f"{setting}={value}" not in configured:
            await connection.execute(f"alter role {role} set {setting} = '{value}'")
    return configured


async def _ensure_access(connection: Connection, names: RoleNames) -> None:
    database = _identifier(await connection.fetchval("select current_database()"))
    ours = ", ".join(_identifier(name) for name in names)
    await connection.execute(f"""
        revoke all on database {database} from public, {ours};
        grant connect on database {database} to {ours};
        revoke all on schema public from public, {ours};
        grant usage on schema public to {ours};
    """)
    # A REVOKE by somebody who may not do it is only a warning to PostgreSQL.
    for name in names:
        holds = await connection.fetchrow(
            """select has_database_privilege($1::name, current_database(), 'connect') as connect,
                      has_database_privilege($1::name, current_database(), 'create, temporary') as make,
                      has_schema_privilege($1::name, 'public', 'usage') as "use",
                      has_schema_privilege($1::name, 'public', 'create') as "create" """,
            name,
        )
        assert holds is not None
        if tuple(holds) != (True, False, True, False):
            raise RolesNotEnsured(
                f"What {name} may do in the database {database} can't be set. The owner's role has to own the "
                f"database and its schema public: ALTER DATABASE {database} OWNER TO …, ALTER SCHEMA public OWNER TO …."
            )


def scram_verifier(password: str) -> str:
    """What PostgreSQL keeps instead of the password (RFC 5803), so that no log can show the password itself."""
    if not password.isascii() or not password.isprintable() or not password:
        raise ValueError("a role's password is made of printable ASCII characters")
    salt, rounds = secrets.token_bytes(16), 4096
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${rounds}:{text[0]}${text[1]}:{text[2]}"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
