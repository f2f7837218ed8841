"""The database roles on every PostgreSQL at hand: made, mended, and given no more than they need."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import asyncpg
import pytest

from app.adapters.postgres.roles import (
    RoleNames,
    RolesNotEnsured,
    RoleUrls,
    completed_urls,
    derived_passwords,
    ensure_access,
    ensure_roles,
    role_urls,
    scram_verifier,
)
from tests.support.servers import (
    SECRET,
    Server,
    ensure,
    reasons,
    releases,
    role_of,
    run,
    temporary_server,
)

NAMES = RoleNames()


@pytest.fixture(scope="module", params=releases(), ids=lambda release: f"pg{release.major}")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with temporary_server(request.param) as running:
        yield running


@pytest.fixture
async def database(server: Server) -> AsyncIterator[str]:
    """A new database of an owner without special powers; roles of the server before it are gone."""
    url = await server.fresh_database()
    yield url
    await server.forget(*NAMES, "other")


async def test_both_roles_come_in_and_hold_nothing(database: str) -> None:
    attributes = "rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolinherit"
    for name, url in zip(NAMES, await ensure(database), strict=True):
        query = f"select row({attributes})::text || current_user from pg_roles where rolname = current_user"
        assert await run(url, query) == f"(t,f,f,f,f,f,f){name}"
        assert await reasons(url) == ()
        for forbidden in ("create table mine ()", "create temporary table mine ()", "create schema mine"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await run(url, forbidden)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("statement_timeout", "5s"), ("lock_timeout", "2s"), ("idle_in_transaction_session_timeout", "10s"),
        ("jit", "off"), ("TimeZone", "UTC"), ("log_parameter_max_length_on_error", "0"),
    ],
)  # fmt: skip
async def test_the_limits_stand_on_the_role(database: str, setting: str, expected: str) -> None:
    for url in await ensure(database):
        assert await run(url, f"select current_setting('{setting}')") == expected


async def test_the_owner_hears_which_log_settings_somebody_else_has_to_make(
    server: Server, database: str
) -> None:
    logs = {"log_min_messages", "log_min_error_statement", "log_error_verbosity", "log_parameter_max_length"}
    logs |= {"log_statement", "log_min_duration_statement"}

    async def left(url: str) -> set[str]:
        connection = await asyncpg.connect(url)
        try:
            return set(
                await ensure_roles(
                    connection,
                    app_password="a",
                    tally_password="b",
                    audit_password="c",
                    eraser_password="d",
                    worker_password="e",
                )
            )
        finally:
            await connection.close()

    assert await left(database) == logs
    await run(server.admin_url, f"grant set on parameter {', '.join(logs)} to {server.owner}", "select 1")
    assert await left(database) == set()
    shown = await run(
        role_of(database, "verksted_app", "a"), "select current_setting('log_min_error_statement')"
    )
    assert shown == "panic"
    await run(server.admin_url, f"revoke set on parameter {', '.join(logs)} from {server.owner}", "select 1")


async def test_nobody_else_may_come_in(server: Server, database: str) -> None:
    await ensure(database)
    await run(server.admin_url, "create role other login password 'other'", "select 1")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="CONNECT"):
        await run(role_of(database, "other", "other"), "select 1")


async def test_it_can_be_repeated_and_mends_what_was_changed(database: str) -> None:
    await ensure(database)
    await run(
        database,
        "alter role verksted_app createrole inherit nologin",
        "alter role verksted_app set statement_timeout = 0",
        "grant create on schema public to verksted_app, public",
        "grant temporary on database verksted_fresh to verksted_tally, public".replace(
            "verksted_fresh", urlsplit(database).path[1:]
        ),
        "select 1",
    )
    for url in await ensure(database):
        assert await reasons(url) == ()
        assert await run(url, "show statement_timeout") == "5s"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await run(url, "create temporary table mine ()")


async def test_another_secret_changes_the_locks(database: str) -> None:
    old = await ensure(database)
    new = await ensure(database, SECRET[::-1])
    assert await run(new.app, "select 1") == 1
    with pytest.raises(asyncpg.InvalidPasswordError):
        await run(old.app, "select 1")


async def test_many_at_once_in_one_database_and_in_several(server: Server, database: str) -> None:
    """Roles belong to the whole server; a lock belongs to one database."""
    others = [await server.fresh_database() for _ in range(3)]
    urls = await asyncio.gather(*(ensure(url) for url in [database, *others] * 3))
    for each in urls:
        assert [await run(url, "select 1") for url in each] == [1] * len(NAMES)


async def test_a_copy_of_a_database_lets_the_roles_in_again(server: Server, database: str) -> None:
    await ensure(database)
    copy = await server.fresh_database(template=urlsplit(database).path[1:])
    app = role_urls(copy, SECRET).app
    # What a new database gives to everybody is what has to go.
    assert await run(app, "select has_database_privilege(current_database(), 'temporary')") is True
    owner = await asyncpg.connect(copy)
    await ensure_access(owner)
    await owner.close()
    assert await run(app, "select has_database_privilege(current_database(), 'temporary')") is False


@pytest.mark.parametrize("attribute", ["superuser", "bypassrls", "replication"])
async def test_a_role_with_special_powers_is_not_taken_over(
    server: Server, database: str, attribute: str
) -> None:
    await ensure(database)
    await run(server.admin_url, f"alter role verksted_app {attribute}", "select 1")
    with pytest.raises(RolesNotEnsured, match=f"has {attribute.upper()}"):
        await ensure(database)


async def test_a_role_that_somebody_else_made_is_explained_and_can_be_handed_over(
    server: Server, database: str
) -> None:
    await run(server.admin_url, "create role verksted_app", "select 1")
    if server.major >= 16:
        with pytest.raises(RolesNotEnsured, match=r'GRANT "verksted_app" TO "owner" WITH ADMIN OPTION'):
            await ensure(database)
        grant = f"grant verksted_app to {server.owner} with admin option, inherit false, set false"
        await run(server.admin_url, grant, "select 1")
    assert await run((await ensure(database)).app, "select 1") == 1


async def test_an_owner_who_does_not_own_is_told_so(server: Server, database: str) -> None:
    name = urlsplit(database).path[1:]
    await run(server.admin_url, f'alter database "{name}" owner to postgres', "select 1")
    with pytest.raises((RolesNotEnsured, asyncpg.InsufficientPrivilegeError)):
        await ensure(database)


# --- urls and passwords ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "app"),
    [
        ("postgresql://o:p@db:5433/verksted", "postgresql://verksted_app:{}@db:5433/verksted"),
        ("postgresql+asyncpg://o:p%40@[::1]/v", "postgresql://verksted_app:{}@[::1]/v"),
        (
            "postgres://a,b:5433/v?sslmode=verify-full",
            "postgresql://verksted_app:{}@a,b:5433/v?sslmode=verify-full",
        ),
        ("postgresql:///v?host=/a%20b&user=o&password=p", "postgresql://verksted_app:{}@/v?host=%2Fa+b"),
    ],
)
def test_everything_but_the_login_is_kept(owner: str, app: str) -> None:
    assert role_urls(owner, SECRET).app == app.format(derived_passwords(SECRET).app)


def test_a_url_without_a_password_gets_the_derived_one_and_one_with_a_password_is_kept() -> None:
    given = RoleUrls("postgresql://someone@db/v?sslmode=require", "postgresql://t:kept@db/v")
    derived = derived_passwords(SECRET)
    assert completed_urls(given, SECRET) == (
        f"postgresql://someone:{derived.app}@db/v?sslmode=require",
        given.tally,
        f"postgresql://verksted_audit:{derived.audit}@db/v?sslmode=require",
        f"postgresql://verksted_eraser:{derived.eraser}@db/v?sslmode=require",
        f"postgresql://verksted_worker:{derived.worker}@db/v?sslmode=require",
    )
    bare = completed_urls(RoleUrls("postgresql://db/v", "postgresql://db/v"), SECRET)
    assert bare == role_urls("postgresql://owner@db/v", SECRET)


def test_passwords_follow_from_the_secret_alone_and_differ() -> None:
    first = derived_passwords(SECRET)
    assert first == derived_passwords(SECRET)
    assert len({*first, *derived_passwords(SECRET + "!")}) == 10
    assert all(len(password) == 43 for password in first)
    assert SECRET not in role_urls("postgresql://o:p@db/v", SECRET).app


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        derived_passwords("x" * 31)


@pytest.mark.parametrize("password", ["", "å", "a\nb"])
def test_a_password_that_needs_preparation_is_refused(password: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        scram_verifier(password)


async def test_the_password_itself_is_never_sent(database: str) -> None:
    password = secrets.token_urlsafe()
    verifier = scram_verifier(password)
    assert password not in verifier
    assert verifier != scram_verifier(password)
    await run(database, f"create role other login password '{verifier}'", "select 1")
    assert await run(role_of(database, "other", password), "select 1") == 1
