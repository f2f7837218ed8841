"""Where row-level security would not hold, or a commit would not last, the service refuses to work (P3)."""

from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest

from app.adapters.postgres.role_safety import UnsafeRole
from app.adapters.postgres.roles import RoleNames
from tests.support.servers import Server, ensure, reasons, releases, run, temporary_server

NAMES = RoleNames()
GOOD_TABLE = """
    create table meeting (organisation_id uuid primary key);
    alter table meeting enable row level security;
    alter table meeting force row level security;
    create policy tenant on meeting to verksted_app using (true)
"""


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


async def test_a_proper_role_and_proper_tables_are_accepted(database: str) -> None:
    app = (await ensure(database)).app
    await run(database, GOOD_TABLE, "select 1")
    assert await reasons(app) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("alter role verksted_app superuser", "is a superuser"),
        ("alter role verksted_app bypassrls", "BYPASSRLS"),
        ("alter role verksted_app createrole", "CREATEROLE"),
        ("alter role verksted_app createdb", "CREATEDB"),
        ("alter role verksted_app replication", "REPLICATION"),
        ("create role other bypassrls; grant other to verksted_app", "can become other, which may bypass"),
        ("grant pg_read_server_files to verksted_app", "may read files of the server"),
    ],
)
async def test_a_role_with_special_powers_is_refused(
    server: Server, database: str, change: str, expected: str
) -> None:
    app = (await ensure(database)).app
    await run(server.admin_url, change, "select 1")
    assert [expected in reason for reason in await reasons(app)] == [True]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("alter table meeting disable row level security", "lacks ENABLE ROW LEVEL SECURITY"),
        ("alter table meeting no force row level security", "lacks FORCE ROW LEVEL SECURITY"),
        ("drop policy tenant on meeting", "has no row security policy"),
        ("grant truncate on meeting to verksted_app", "can be truncated"),
        ("create schema s; create table s.t (organisation_id uuid)", "s.t lacks ENABLE and FORCE"),
        (
            "create table p (organisation_id uuid) partition by list (organisation_id)",
            "public.p lacks ENABLE",
        ),
        ("create view v as select organisation_id from meeting", "public.v shows its owner's view"),
        (
            "create materialized view m as select organisation_id from meeting",
            "public.m shows its owner's view",
        ),
    ],
)
async def test_a_table_whose_wall_has_a_hole_is_refused(database: str, change: str, expected: str) -> None:
    app = (await ensure(database)).app
    await run(database, GOOD_TABLE, change, "select 1")
    found = await reasons(app)
    assert expected in found[0]
    assert all(found[0].split()[0] == reason.split()[0] for reason in found), "only that table is at fault"


async def test_a_view_that_asks_as_its_reader_and_a_table_without_tenant_are_accepted(database: str) -> None:
    app = (await ensure(database)).app
    view = "create view v with (security_invoker = true) as select organisation_id from meeting"
    await run(database, GOOD_TABLE, view, "create table plain (id int)", "select 1")
    assert await reasons(app) == ()


async def test_who_owns_a_table_is_refused(server: Server, database: str) -> None:
    app = (await ensure(database)).app
    admin = server.admin_url.replace("/postgres?", f"{urlsplit(database).path}?")
    await run(admin, "create table mine (id int)", "alter table mine owner to verksted_app", "select 1")
    assert await reasons(app) == ("The database role verksted_app owns public.mine.",)


async def test_the_owner_is_refused(database: str) -> None:
    await run(database, "create table mine (id int)", "select 1")
    told = " ".join(await reasons(database))
    for part in ("CREATEROLE", "CREATEDB", "owns public.mine", "owns the database"):
        assert part in told


async def test_a_superuser_in_disguise_is_refused(server: Server, database: str) -> None:
    """`SET ROLE` can be taken back at any time."""
    await ensure(database)
    assert "The database role verksted_app can become postgres, which is a superuser." in await reasons(
        server.admin_url, become="verksted_app"
    )


async def test_a_server_that_forgets_is_refused_unless_it_is_for_tests(server: Server, database: str) -> None:
    app = (await ensure(database)).app
    assert await reasons(app, durable=False) == ()
    told = await reasons(app, durable=True)
    assert told == ("The server runs with fsync off: what it confirmed could be lost.",)
    await run(database, "alter role verksted_app set synchronous_commit = off", "select 1")
    assert "synchronous_commit off" in (await reasons(app, durable=True))[1]


def test_the_refusal_is_read_as_sentences() -> None:
    assert str(UnsafeRole(("One.", "Two."))) == "One. Two."
