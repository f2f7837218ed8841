"""The journey of the first issue, at the use cases."""

import pytest

from app.domain.admission.application import ApplicantStage
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from tests.support.world import World


@pytest.mark.rule("G-22", "A-01")
async def test_a_closed_group_admits_a_new_member_by_ballot(world: World) -> None:
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    closed = await world.vote(ballot, group.members, Choice.FOR, Choice.ABSTAIN)
    assert closed.status is BallotStatus.ADOPTED
    entry = await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert entry.generation == 2
    seen = await world.do.groups.read_group(newcomer, group.id)
    assert seen.members is not None
    assert {member.alias for member in seen.members} == {*(f"member{n}" for n in range(5)), "Newcomer"}
    old = await world.do.groups.read_group(group.members[0], group.id)
    assert old.declaration_due
    assert old.members is not None


async def test_a_no_is_told_in_neutral_words(world: World) -> None:
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)
    await world.vote(await world.admission(group, application), group.members, Choice.AGAINST, Choice.FOR)
    seen = await world.do.admission.read_application(newcomer, application.id)
    assert seen.stage is ApplicantStage.NOT_THIS_TIME
    assert seen.other_help
