"""No way around the ballot: nobody is in a closed group but by its adopted ballot or a founding placement (A-01)."""

from typing import Any

import asyncpg
import pytest

from tests.walls.history import History
from tests.walls.ways_around import MEMBERSHIP, Way
from tests.walls.ways_to_forge import AS_APP, COUNTER


async def _try(history: History, role: str, way: Way) -> asyncpg.PostgresError | None:
    """Carry it out, for good if it can be; the error that stopped it."""
    connection = await history.connect(role)
    try:
        async with connection.transaction():
            await _carry_out(connection, history, way)
    except asyncpg.PostgresError as error:
        return error
    finally:
        await connection.close()
    return None


async def _carry_out(connection: "asyncpg.Connection[Any]", history: History, way: Way) -> None:
    ids = {**history.ids, **{name: history.new_id() for name in ("new", "new2", "new3")}}
    for statement in way.statements:
        for name, value in ids.items():
            statement = statement.replace(f"{{{name}}}", value)
        await connection.execute(statement)


def _stopped_by(error: asyncpg.PostgresError | None) -> set[str]:
    if error is None:
        return {"nothing"}
    constraint = getattr(error, "constraint_name", None) or ""
    return {error.sqlstate or "", constraint, constraint.split("_", 2)[-1]}


@pytest.mark.rule("A-01", "A-02")
@pytest.mark.hazard("B-28")
@pytest.mark.parametrize("way", AS_APP, ids=lambda way: way.name)
async def test_whoever_holds_the_services_own_role_gets_nobody_in(history: History, way: Way) -> None:
    before = await history.memberships()
    error = await _try(history, "app", way)
    assert way.fails in _stopped_by(error), repr(error)
    assert await history.memberships() == before


@pytest.mark.parametrize("way", COUNTER, ids=lambda way: way.name)
async def test_the_role_that_counts_lets_nobody_in_and_reads_nobody(history: History, way: Way) -> None:
    before = await history.memberships()
    error = await _try(history, "tally", way)
    assert way.fails in _stopped_by(error), repr(error)
    assert await history.memberships() == before


WALLS = """
alter table membership no force row level security; alter table placement no force row level security;
alter table membership disable trigger user; alter table membership drop constraint fk_membership_adopted_ballot;
alter table membership drop constraint ck_membership_one_founding_fact;
alter table membership drop constraint ck_membership_only_adopted;
alter table membership drop constraint uq_membership_ballot;
alter table membership drop constraint uq_membership_placement;
"""


async def test_the_attempts_are_real(history: History) -> None:
    """With the walls down the very same statements do let people in: so it is the walls that stop them."""
    assert await history.memberships() == 9
    let_in = []
    owner = await history.connect("owner")
    whole = owner.transaction()
    await whole.start()
    await owner.execute(WALLS)
    for way in (way for way in MEMBERSHIP if way.name != "by COPY"):
        attempt = owner.transaction()
        await attempt.start()
        try:
            await _carry_out(owner, history, way)
            let_in.append(way.name)
        except asyncpg.PostgresError:
            pass
        await attempt.rollback()
    await whole.rollback()
    await owner.close()
    assert len(let_in) >= 20, let_in
