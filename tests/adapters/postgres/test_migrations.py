"""Migrations: each goes up, down and up again; the tables that the code declares are the tables there are."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.adapters.postgres.migrating import alembic_config, migrate_to_head
from app.adapters.postgres.schema_level import level_of_code
from app.adapters.postgres.tables import metadata
from tests.support.cluster import SuiteCluster

ROOT = Path(__file__).parents[3]
REVISIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory.from_config(alembic_config()).walk_revisions()))
]
SCHEMA = """
select 'column', table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')
  from information_schema.columns where table_schema = 'public'
union all select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint where connamespace = 'public'::regnamespace
union all select 'index', tablename || '.' || indexname, indexdef from pg_indexes where schemaname = 'public'
union all select 'policy', tablename || '.' || policyname,
  roles::text || cmd || coalesce(qual, '') || coalesce(with_check, '') from pg_policies where schemaname = 'public'
union all select 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
  from pg_trigger where not tgisinternal
union all select 'function', proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace
union all select 'walls', relname, relrowsecurity::text || relforcerowsecurity
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
union all select 'grant', relname, grantee::regrole || privilege_type from pg_class, aclexplode(relacl)
  where relnamespace = 'public'::regnamespace and grantee <> relowner
union all select 'column grant', attrelid::regclass || '.' || attname, attacl::text from pg_attribute
  where attacl is not null and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
"""


async def schema(url: str) -> set[tuple[Any, ...]]:
    """All that a migration can have made."""
    connection = await asyncpg.connect(url)
    try:
        return {tuple(row) for row in await connection.fetch(SCHEMA)}
    finally:
        await connection.close()


async def go(url: str, how: str, revision: str) -> None:
    await asyncio.to_thread(getattr(command, how), alembic_config(url), revision)


@pytest.fixture
def empty(cluster: SuiteCluster, worker_id: str) -> str:
    return cluster.empty_database(f"migrations_{worker_id}")


async def test_each_revision_goes_up_down_and_up_again(empty: str) -> None:
    assert REVISIONS
    below = "base"
    for revision in REVISIONS:
        before = await schema(empty)
        await go(empty, "upgrade", revision)
        first = await schema(empty)
        await go(empty, "downgrade", below)
        left = {item for item in await schema(empty) if "alembic_version" not in item[1]}
        assert left == {item for item in before if "alembic_version" not in item[1]}
        await go(empty, "upgrade", revision)
        assert await schema(empty) == first
        below = revision
    assert below == level_of_code()


async def test_there_is_one_line_of_revisions() -> None:
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


async def test_code_and_database_agree_on_every_table(empty: str) -> None:
    await asyncio.to_thread(migrate_to_head, empty)
    await asyncio.to_thread(command.check, alembic_config(empty))
    tables = {name.split(".")[0] for kind, name, _ in await schema(empty) if kind == "column"}
    assert tables == {*metadata.tables, "alembic_version"}


async def test_every_table_stands_behind_a_wall(empty: str) -> None:
    """Row-level security, also for its owner, and a policy at least: a new table can't be forgotten."""
    await asyncio.to_thread(migrate_to_head, empty)
    connection = await asyncpg.connect(empty)
    rows = await connection.fetch(
        "select relname, relrowsecurity and relforcerowsecurity as walled,"
        " exists (select from pg_policies where tablename = relname) as has_policy"
        " from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
    )
    await connection.close()
    open_to_all = {row["relname"] for row in rows if not (row["walled"] and row["has_policy"])}
    assert open_to_all == {"alembic_version"}


async def test_two_that_migrate_at_once_wait_for_each_other(empty: str) -> None:
    code = "import sys; from app.adapters.postgres.migrating import migrate_to_head; migrate_to_head(sys.argv[1])"

    def migrate() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, empty], capture_output=True, text=True, cwd=ROOT, timeout=120
        )

    both = await asyncio.gather(asyncio.to_thread(migrate), asyncio.to_thread(migrate))
    assert [done.returncode for done in both] == [0, 0], [done.stderr for done in both]
    await asyncio.to_thread(command.check, alembic_config(empty))
