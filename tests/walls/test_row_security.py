"""Row-level security proved: what pgrls finds, what its prover proves, and a matrix that is compared with the last one.

`make walls` writes docs/walls-matrix.txt anew. The prover looks at policies, `tests/isolation` at answers.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.support.cluster import SuiteCluster
from tests.walls.outside import OF_ONE_PERSON, OUTSIDE_TENANCY, SEALED_BY_ANOTHER_ROLE
from tests.walls.prover import MATRIX, lint, matrix, verdicts

UNPROVED = {*OUTSIDE_TENANCY, *SEALED_BY_ANOTHER_ROLE}
"""What pgrls can't prove to be of one organisation, and doesn't have to."""
TABLES = """
select relname::text from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
"""
PERMISSIVE = """
select p.tablename::text, c.command, r.role::text from pg_policies p
  join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) c (command) on p.cmd in ('ALL', c.command)
  cross join unnest(p.roles) r (role)
 where p.schemaname = 'public' and p.permissive = 'PERMISSIVE'
"""
AS_ITS_OWNER = """
select oid::regprocedure::text from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
union all
select oid::regclass::text from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
"""
HOLES = """
alter table meeting no force row level security;
drop policy own on interest;
create policy own on interest to verksted_app using (true) with check (true);
drop policy own on ballot;
create policy own on ballot to verksted_app using (organisation_id = (select current_setting('app.person', true)::uuid));
create table left_open (organisation_id uuid primary key);
create table added (organisation_id uuid primary key);
alter table added enable row level security, force row level security;
create policy own on added to verksted_app using (organisation_id is not null);
"""


async def _rows(url: str, statement: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(statement))
    finally:
        await connection.close()


def _not_proven(told: dict[str, str]) -> set[str]:
    return {table for table, verdict in told.items() if verdict != "isolated"}


def test_the_linter_finds_nothing(database_url: str) -> None:
    assert lint(database_url) == set()


async def test_every_table_is_proved_or_stands_outside_with_a_reason(database_url: str) -> None:
    tables = {name for (name,) in await _rows(database_url, TABLES)}
    assert set(OUTSIDE_TENANCY) <= tables, "a table that is gone stands in tests/walls/outside.py"
    assert len(tables) > 50
    walled = tables - {"alembic_version"}
    assert verdicts(database_url, "anon") == dict.fromkeys(walled, "isolated")
    for mode in ("cross-tenant", "write"):
        told = verdicts(database_url, mode)
        assert set(told) == walled
        assert _not_proven(told) == UNPROVED - {"alembic_version"}, mode


def test_what_is_one_persons_is_proved_to_be_theirs_alone(database_url: str, tmp_path: Path) -> None:
    rules = tmp_path / "pgrls.toml"
    rules.write_text(f"[lint.rules.SEC021]\nidentity_columns = {sorted(set(OF_ONE_PERSON.values()))}\n")
    for mode in ("cross-tenant", "write"):
        told = verdicts(database_url, mode, rules)
        assert {table: told[table] for table in OF_ONE_PERSON} == dict.fromkeys(OF_ONE_PERSON, "isolated"), (
            mode
        )
    assert (
        verdicts(database_url, "write", rules)["organisation"] == "isolated"
    )  # read by all, written by its own


async def test_no_two_policies_are_alternatives(database_url: str) -> None:
    """Permissive policies combine with OR: the second would open what the first closes."""
    policies = Counter(tuple(row) for row in await _rows(database_url, PERMISSIVE))
    assert [each for each, number in policies.items() if number > 1] == []


async def test_nothing_runs_as_its_owner(database_url: str) -> None:
    """No SECURITY DEFINER function and no view: nothing passes the policies by with somebody else's rights."""
    assert await _rows(database_url, AS_ITS_OWNER) == []


def test_the_matrix_is_the_one_that_was_looked_at(database_url: str) -> None:
    found = matrix(database_url)
    if os.environ.get("VERKSTED_WALLS") == "write":
        MATRIX.write_text(found, "utf-8")
    same = MATRIX.read_text("utf-8") == found
    assert same, "run `make walls`, look at the difference, and commit docs/walls-matrix.txt"


@pytest.fixture
async def holes(cluster: SuiteCluster, worker_id: str) -> AsyncIterator[str]:
    """A database like ours, with five holes in its walls."""
    url = cluster.database(f"holes_{worker_id}")
    connection = await asyncpg.connect(url)
    await connection.execute(HOLES)
    await connection.close()
    yield url
    cluster.drop(f"holes_{worker_id}")


async def test_holes_are_found(holes: str) -> None:
    """The control: a table without FORCE, a policy for all, one for the wrong ones, tables without a wall."""
    found = lint(holes)
    assert {("SEC002", "public.meeting"), ("SEC001", "public.left_open")} <= found
    assert ("SEC008", "public.interest.own") in found
    for mode in ("cross-tenant", "write"):
        assert _not_proven(verdicts(holes, mode)) - UNPROVED == {"interest", "added"}, mode
    told = matrix(holes).splitlines()
    new = set(told) - set(MATRIX.read_text("utf-8").splitlines())
    assert "  verksted_app: select, insert, update: (organisation_id = app.person)" in new
    assert {"left_open", "added"} <= new
