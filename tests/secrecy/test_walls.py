"""What PostgreSQL itself refuses: votes to the everyday role, people to the role that counts, entry by hand to both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.shared.ids import OrganisationId
from app.services.admission.views import BallotView
from app.settings import Settings
from tests.support.world import Made, World


@asynccontextmanager
async def as_role(
    settings: Settings, role: str, organisation: OrganisationId
) -> AsyncIterator[asyncpg.Connection]:
    """A session of one of the service's two roles, in an organisation."""
    connection = await asyncpg.connect(getattr(database_urls(settings, settings.secret_value()), role))
    try:
        await connection.execute("select set_config('app.organisation', $1, false)", str(organisation))
        yield connection
    finally:
        await connection.close()


async def _with_votes(world: World) -> tuple[Made, BallotView]:
    group = await world.meeting(5)
    ballot = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await world.vote(ballot, group.members[:3], Choice.FOR)
    return group, ballot


_EVERYDAY_MAY_NOT = (
    "select sealed from envelope",
    "select * from envelope",
    "insert into envelope select * from envelope on conflict do nothing returning sealed",
    "update envelope set sealed = sealed returning sealed",
    "delete from envelope returning sealed",
    "insert into ballot_outcome select * from ballot_outcome",
    "update ballot_outcome set verdict = 'adopted'",
    "update ballot set counted_at = now()",
    "update ballot set closes_at = now()",
    "update ballot set rule = 'unanimous'",
    "update ballot_roll set membership_id = membership_id",
    "update membership set ballot_verdict = 'adopted'",
    "alter table envelope disable row level security",
    "set role verksted_tally",
)


@pytest.mark.parametrize("statement", _EVERYDAY_MAY_NOT)
async def test_the_everyday_role_can_not_read_votes_or_write_outcomes(
    statement: str, own_world: World, own_settings: Settings
) -> None:
    async with as_role(own_settings, "app", own_world.organisation) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)


_TALLY_MAY_NOT = (
    "select * from person",
    "select * from identity",
    "select * from affiliation",
    "select * from registration",
    "select * from application",
    "select * from placement",
    "select * from idempotency",
    "select * from outbox",
    "insert into envelope select * from envelope",
    "update envelope set sealed = sealed",
    "insert into membership select * from membership",
    "update ballot_roll set membership_id = membership_id",
    "delete from ballot_roll",
    "update ballot set closes_at = now()",
    "update ballot_outcome set verdict = 'adopted'",
    "delete from ballot_outcome",
)


@pytest.mark.parametrize("statement", _TALLY_MAY_NOT)
async def test_the_role_that_counts_can_not_read_people_or_vote(
    statement: str, own_world: World, own_settings: Settings
) -> None:
    async with as_role(own_settings, "tally", own_world.organisation) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)


async def test_what_each_role_needs_it_may(own_world: World, own_settings: Settings) -> None:
    """The positive control of the walls: the rows are there, and the other role sees them."""
    _, ballot = await _with_votes(own_world)
    async with as_role(own_settings, "app", own_world.organisation) as connection:
        assert await connection.fetchval("select count(membership_id) from envelope") == 3
    async with as_role(own_settings, "tally", own_world.organisation) as connection:
        sealed = await connection.fetch("select sealed from envelope where ballot_id = $1", ballot.id)
    assert len(sealed) == 3
    async with as_role(own_settings, "tally", OrganisationId(UUID(int=0))) as connection:
        assert await connection.fetchval("select count(*) from envelope") == 0


@pytest.mark.rule("A-01")
@pytest.mark.hazard("B-28")
async def test_nobody_gets_in_by_hand(own_world: World, own_settings: Settings) -> None:
    """B-28: a membership points at an adopted ballot of that very person, or at a founding placement; SQL is no way in."""
    group, ballot = await _with_votes(own_world)
    stranger = await own_world.ready("stranger")
    by_ballot: dict[str, Any] = {"ballot_id": ballot.id, "ballot_verdict": "adopted"}
    attempts: list[dict[str, Any]] = [
        {},
        by_ballot,
        {"ballot_id": ballot.id},
        {"placement_id": uuid4()},
        {**by_ballot, "placement_id": uuid4()},
    ]
    async with as_role(own_settings, "app", own_world.organisation) as connection:
        for facts in attempts:
            values = {
                "organisation_id": own_world.organisation,
                "id": uuid4(),
                "group_id": group.id,
                "person_id": stranger.person_id,
                "alias": "By hand",
                "generation": 1,
                "joined_at": own_world.now,
                **facts,
            }
            marks = ", ".join(f"${number + 1}" for number in range(len(values)))
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await connection.execute(
                    f"insert into membership ({', '.join(values)}) values ({marks})", *values.values()
                )
