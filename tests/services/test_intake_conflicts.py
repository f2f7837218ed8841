"""Whoever has heard somebody's story beforehand doesn't start their group without an explicit word (V-16, S-h8)."""

from datetime import timedelta

import pytest

from app.domain.intake.outcome import Outcome
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.domain.starters.errors import IntakeConflict
from tests.support.forming_world import ask, code_of
from tests.support.intake_world import appoint, asked
from tests.support.starters_world import assigned, first_planned, helped, starter
from tests.support.world import World

pytestmark = [pytest.mark.rule("V-16"), pytest.mark.hazard("S-h8")]


async def interviewing(world: World) -> Actor:
    """Somebody who can be given a group, and holds intake conversations besides."""
    actor = await starter(world)
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, actor.person_id, Role.INTERVIEWER
    )
    return actor


async def test_s_h8_a_conversation_that_is_to_be_held_counts_as_one_that_was(world: World) -> None:
    await world.policy(intake_mode=IntakeMode.CONVERSATION_OPTIONAL)
    interviewer, group = await interviewing(world), await world.forming(3)
    person, assessment = await asked(world)
    await appoint(world, assessment, interviewer)
    await world.do.intake.declare_readiness(person, world.organisation)
    await ask(world, person, world.organisation, await code_of(world, world.coordinator, group.id))
    with pytest.raises(IntakeConflict):
        await assigned(world, group, interviewer)
    _, other = await assigned(world, group, await interviewing(world))
    assert other.intake_conflict is False
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, person.person_id)
    await world.do.groups.accept_place(person, placement.id, "Known")
    with pytest.raises(IntakeConflict):
        await assigned(world, group, interviewer)
    elsewhere = await world.forming(3)
    _, free = await assigned(world, elsewhere, interviewer)
    assert free.intake_conflict is False
    _, known = await assigned(world, group, interviewer, acknowledge_intake_conflict=True)
    assert known.intake_conflict is True


async def test_s_h8_another_interviewer_or_a_conversation_that_is_gone_ties_nobody(world: World) -> None:
    await world.policy(intake_mode=IntakeMode.CONVERSATION_OPTIONAL)
    first, second = await interviewing(world), await interviewing(world)
    group = await world.forming(3)
    person, assessment = await asked(world)
    await appoint(world, assessment, first)
    await appoint(world, assessment, second)
    await world.do.intake.declare_readiness(person, world.organisation)
    await ask(world, person, world.organisation, await code_of(world, world.coordinator, group.id))
    _, view = await assigned(world, group, first)
    assert view.intake_conflict is False
    with pytest.raises(IntakeConflict):
        await assigned(world, group, second)
    world.forward(days=40)  # nothing was recorded, and what was arranged is gone (I-h10)
    _, view = await assigned(world, group, second)
    assert view.intake_conflict is False


@pytest.mark.hazard("P-h1")
async def test_s_h8_of_a_group_that_has_met_the_answer_says_nothing_of_who_is_in_it(world: World) -> None:
    inside, outside, neither = [await interviewing(world) for _ in range(3)]
    group = await world.forming(3, seats=6)
    _, view = await assigned(world, group, await starter(world))
    for interviewer, comes_in in ((inside, True), (outside, False)):
        person = await world.registered()
        await world.do.intake.record_outcome(
            interviewer, world.organisation, person.person_id, Outcome.GROUP, []
        )
        if comes_in:
            placement = await world.do.groups.invite_to_place(world.coordinator, group.id, person.person_id)
            await world.do.groups.accept_place(person, placement.id, "Known")
    await first_planned(world, group)
    world.forward(hours=1, minutes=5)
    replace = world.do.starters.replace_starter
    for interviewer in (inside, outside):
        with pytest.raises(IntakeConflict):
            await replace(world.coordinator, view.id, interviewer.person_id)
    taken = await replace(world.coordinator, view.id, outside.person_id, acknowledge_intake_conflict=True)
    assert taken.intake_conflict is True
    last = await replace(world.coordinator, taken.id, neither.person_id)
    assert last.intake_conflict is False
    assert last.ends_at - view.ends_at < timedelta(seconds=1)


async def test_s_h8_while_a_group_forms_whoever_holds_no_conversation_there_is_free(world: World) -> None:
    group, _, _ = await helped(world)
    forming = await world.forming(3)
    interviewer = await interviewing(world)
    person = await world.registered()
    await world.do.intake.record_outcome(interviewer, world.organisation, person.person_id, Outcome.GROUP, [])
    _, view = await assigned(world, forming, interviewer)
    assert (view.intake_conflict, group.id == forming.id) == (False, False)
