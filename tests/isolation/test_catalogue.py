"""The second wall as the database itself describes it: row-level security, keys, roles, settings."""

from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr

from app.adapters.postgres.roles import RoleNames, UnsafeRole
from app.bootstrap import Running, database_urls, running
from app.settings import Settings
from tests.parity.scene import NOBODY
from tests.support.world import World
from tests.walls.outside import OUTSIDE_TENANCY

PERSONAL = {"affiliation", "audit_entry"}
"""Seen from the person's side, and keyed by the person (docs/adr)."""
OUTSIDE = set(OUTSIDE_TENANCY) - PERSONAL
"""Tables of no organisation, each with its reason in tests/walls/outside.py."""
ONE_WAY = {
    "audit_entry": "written by the organisation, seen by the person",
    "audit_waiting": "written, never seen",
}
"""What the service writes through one policy, and doesn't see through it."""
SEEN_BY_THE_WORKER = {
    "due_work": "ids and times: written within one organisation; the worker looks for what is due, wherever it is",
}
"""Has a second policy, for the role that works alone, and an index by time for it."""
OF_ONE_SYSTEM = {"course_import", "imported_row"}
"""Have a second, restrictive policy, by which a system finds its own alone (tests/walls/test_own_ids.py)."""
TABLES = """
select c.relname, c.relrowsecurity and c.relforcerowsecurity,
       (select count(*) from pg_policy p where p.polrelid = c.oid and p.polqual is not null and p.polwithcheck is not null),
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id')
  from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
"""
INDEXES = """
select i.indexrelid::regclass::text, a.attname from pg_index i
  join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
 where exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organisation_id')
   and c.relname <> all($1::text[])
"""
KEYS = """
select k.conname, f.relname,
       (select array_agg(a.attname::text order by o) from unnest(k.conkey) with ordinality u(n, o)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
       (select array_agg(a.attname::text order by o) from unnest(k.confkey) with ordinality u(n, o)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n)
  from pg_constraint k join pg_class f on f.oid = k.confrelid
 where k.contype = 'f' and k.connamespace = 'public'::regnamespace
"""


async def _rows(url: str, statement: str, *values: object) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(statement, *values))
    finally:
        await connection.close()


async def test_every_table_of_an_organisation_is_walled_in(database_url: str) -> None:
    rows = await _rows(database_url, TABLES)
    assert {name for name, *_, of_one in rows if not of_one} == OUTSIDE
    open_ones = [name for name, forced, _, of_one in rows if of_one and not forced]
    unpoliced = [
        name
        for name, _, policies, of_one in rows
        if of_one
        and policies != 1 + (name in SEEN_BY_THE_WORKER) + (name in OF_ONE_SYSTEM)
        and name not in ONE_WAY
    ]
    assert (open_ones, unpoliced) == ([], [])
    assert all(forced for name, forced, *_ in rows if name != "alembic_version")


async def test_every_key_and_index_begins_with_the_organisation(database_url: str) -> None:
    rows = await _rows(database_url, INDEXES, sorted(PERSONAL | SEEN_BY_THE_WORKER.keys()))
    assert len(rows) > 30
    assert [name for name, first in rows if first != "organisation_id"] == []


async def test_every_foreign_key_stays_within_the_organisation(database_url: str) -> None:
    rows = await _rows(database_url, KEYS)
    within = [row for row in rows if row[1] not in OUTSIDE]
    assert len(within) > 20
    assert [row[0] for row in within if (row[2][0], row[3][0]) != ("organisation_id",) * 2] == []
    assert {row[1] for row in rows if row[1] in OUTSIDE} == {"organisation", "person", "calendar_address"}


async def test_the_services_roles_own_nothing(database_url: str) -> None:
    owned = await _rows(
        database_url,
        "select relname from pg_class where relowner in (select oid from pg_roles where rolname = any($1::text[]))",
        list(RoleNames()),
    )
    assert owned == []


async def test_nothing_is_seen_without_a_setting(settings: Settings, world: World) -> None:
    """The wall fails closed: no setting, a nil one, an empty one, and another organisation's show no row of ours."""
    url = database_urls(settings, settings.secret_value()).app
    connection = await asyncpg.connect(url)
    try:
        asked = "select count(*) from registration"
        assert await connection.fetchval(asked) == 0
        async with connection.transaction():
            await connection.execute(f"select set_config('app.organisation', '{world.organisation}', true)")
            assert await connection.fetchval(asked) >= 1
        with pytest.raises(
            asyncpg.InvalidTextRepresentationError
        ):  # an empty setting is none, and no wildcard
            await connection.fetchval(asked)
        async with connection.transaction():
            await connection.execute(f"select set_config('app.organisation', '{NIL}', true)")
            assert await connection.fetchval(asked) == 0
    finally:
        await connection.close()


NIL = "00000000-0000-0000-0000-000000000000"


async def test_settings_end_with_their_transaction(service: Running, world: World) -> None:
    """Whoever gets a pooled connection next finds nobody's organisation, person or login on it."""
    await world.do.organisations.read_policy(world.administrator, world.organisation)
    await world.ready("somebody")
    await world.do.organisations.read_organisation(NOBODY, world.organisation)
    held = [await service.app_pool.acquire() for _ in range(service.app_pool.get_size())]
    try:
        for connection in held:
            left = [
                await connection.fetchval("select current_setting($1, true)", f"app.{name}")
                for name in ("organisation", "person", "identity")
            ]
            assert set(left) <= {None, ""}
    finally:
        for connection in held:
            await service.app_pool.release(connection)


async def test_the_service_does_not_run_as_the_owner(settings: Settings, database_url: str) -> None:
    careless = settings.model_copy(
        update={"app_url": SecretStr(database_url), "tally_url": SecretStr(database_url)}
    )
    with pytest.raises(UnsafeRole, match="owns"):
        async with running(careless):
            pytest.fail("it started")
