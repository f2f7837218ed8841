"""The instant of closing is the database's clock, read after the lock (B-13, F8)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import BallotClosed
from app.domain.shared.ids import BallotId, organisation_of
from app.services.admission.views import BallotView
from app.settings import Settings
from tests.support.world import World

_SOMEBODY_WAITS = """
    select exists (select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))
"""


@asynccontextmanager
async def holding(settings: Settings, ballot: BallotId) -> AsyncIterator[asyncpg.Connection]:
    """Another client's transaction that has locked this ballot, until the end of the block."""
    url = database_urls(settings, settings.secret_value()).app
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            organisation = UUID(str(organisation_of(ballot)))
            await connection.execute("select set_config('app.organisation', $1, true)", str(organisation))
            locked = await connection.fetchval("select id from ballot where id = $1 for update", ballot)
            assert locked == ballot
            yield connection
    finally:
        await connection.close()


async def until_somebody_waits(connection: asyncpg.Connection) -> None:
    """Until another transaction waits for this one's lock."""
    for _ in range(300):
        if await connection.fetchval(_SOMEBODY_WAITS):
            return
        await asyncio.sleep(0.005)
    raise AssertionError("nobody has come to the lock")


@pytest.mark.hazard("B-13")
@pytest.mark.parametrize("time_passes", [True, False])
async def test_a_vote_that_waited_for_the_lock_is_judged_by_the_time_it_got_it(
    time_passes: bool, arena: World, racing_settings: Settings
) -> None:
    group = await arena.meeting(5)
    ballot = await arena.do.admission.open_ballot(
        group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, window_days=7
    )
    async with holding(racing_settings, ballot.id) as connection:
        vote = asyncio.create_task(arena.do.admission.cast_vote(group.members[1], ballot.id, Choice.FOR))
        await until_somebody_waits(connection)
        if time_passes:
            arena.forward(days=7)
    (answer,) = await asyncio.gather(vote, return_exceptions=True)
    if time_passes:
        assert isinstance(answer, BallotClosed)
    else:
        assert isinstance(answer, BallotView)
    seen = await arena.do.admission.read_ballot(group.members[0], ballot.id)
    assert seen.status is (BallotStatus.LAPSED if time_passes else BallotStatus.OPEN)


async def test_a_count_that_waited_for_a_vote_counts_it(arena: World, racing_settings: Settings) -> None:
    await arena.policy(ballot_quorum_percent=50)
    group = await arena.meeting(5)
    ballot = await arena.do.admission.open_ballot(
        group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, window_days=7
    )
    await arena.vote(ballot, group.members[:3], Choice.FOR)
    async with holding(racing_settings, ballot.id) as connection:
        vote = asyncio.create_task(arena.do.admission.cast_vote(group.members[3], ballot.id, Choice.AGAINST))
        await until_somebody_waits(connection)
    await vote
    arena.forward(days=7)
    seen = await asyncio.gather(
        *(arena.do.admission.read_ballot(member, ballot.id) for member in group.members)
    )
    assert {view.status for view in seen} == {BallotStatus.NOT_ADOPTED}
