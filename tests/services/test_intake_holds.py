"""An outcome holds for a time, and as of the first meeting: nobody begins without one, nor loses a place by a date."""

from datetime import timedelta

import pytest

from app.domain.admission.errors import OfferExpired
from app.domain.intake.outcome import (
    ConversationRequired,
    IntakeEndsBefore,
    IntakeNeeded,
    Outcome,
)
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId
from app.services.admission.views import ApplicationView
from app.services.meetings.views import MeetingView
from tests.support.intake_world import worker
from tests.support.world import World

VALID = 40
OWN, EITHER, CONVERSATION = (
    IntakeMode.SELF_DECLARATION,
    IntakeMode.CONVERSATION_OPTIONAL,
    IntakeMode.CONVERSATION_REQUIRED,
)


async def record(world: World, interviewer: Actor, person: Actor, outcome: Outcome = Outcome.GROUP) -> None:
    """A conversation was held, and this came of it."""
    await world.do.intake.record_outcome(interviewer, world.organisation, person.person_id, outcome, [])


async def renew(world: World, mode: IntakeMode, interviewer: Actor, person: Actor) -> None:
    """The person does what this organisation's way asks of them."""
    if mode is CONVERSATION:
        await record(world, interviewer, person)
    else:
        await world.do.intake.declare_readiness(person, world.organisation)


async def plan(world: World, group: GroupId, days: float) -> MeetingView:
    at = world.now + timedelta(days=days)
    return await world.do.meetings.plan_meeting(world.coordinator, group, at, "Library")


async def move(world: World, meeting: MeetingView, days: float, place: str = "Library") -> MeetingView:
    at = meeting.starts_at + timedelta(days=days)
    return await world.do.meetings.move_meeting(world.coordinator, meeting.id, meeting.version, at, place)


async def refused(planned: object) -> IntakeEndsBefore:
    with pytest.raises(IntakeEndsBefore) as refusal:
        await planned  # type: ignore[misc]
    return refusal.value


@pytest.mark.rule("I-01", "I-02", "G-24")
async def test_i02_no_first_meeting_after_somebody_s_outcome_has_ended(world: World) -> None:
    await world.policy(intake_valid_days=VALID)
    group = await world.forming(4)
    world.forward(days=10)
    later = await world.place(group, "later")
    said = await refused(plan(world, group.id, VALID - 5))
    assert (said.facts, said.pointer) == ({"people": 4}, "/starts_at")
    for member in group.members[:3]:
        await world.do.intake.declare_readiness(member, world.organisation)
    assert (await refused(plan(world, group.id, VALID - 5))).facts == {"people": 1}
    await world.do.intake.declare_readiness(group.members[3], world.organisation)
    planned = await plan(world, group.id, VALID - 5)
    assert (await world.do.groups.read_group(later, group.id)).my_standing is not None
    assert (await refused(move(world, planned, 10))).facts == {"people": 5}
    moved = await move(world, planned, 1)
    assert (await move(world, moved, -20)).starts_at < planned.starts_at


@pytest.mark.rule("I-01", "I-02")
async def test_i02_whoever_has_left_is_not_counted_and_another_room_asks_nobody_anything(
    world: World,
) -> None:
    await world.policy(intake_valid_days=VALID)
    group = await world.forming(4)
    planned = await plan(world, group.id, 5)
    interviewer = await worker(world, Role.INTERVIEWER)
    await record(world, interviewer, group.members[0], Outcome.NOT_NOW)
    same_hour = await move(world, planned, 0, "Town hall")
    assert (await refused(move(world, same_hour, 1))).facts == {"people": 1}
    await world.do.groups.leave_group(group.members[0], group.id)
    assert await move(world, same_hour, 1)


@pytest.mark.rule("I-01", "I-07")
async def test_i01_where_conversations_have_become_the_way_they_come_before_the_first_meeting(
    world: World,
) -> None:
    group = await world.forming(3)
    await world.policy(intake_mode=CONVERSATION)
    interviewer = await worker(world, Role.INTERVIEWER)
    assert (await refused(plan(world, group.id, 5))).facts == {"people": 3}
    for member in group.members:
        await record(world, interviewer, member)
    assert await plan(world, group.id, 5)


@pytest.mark.rule("I-01", "G-17", "A-01")
async def test_from_the_first_meeting_on_nothing_asks_for_an_intake_again(world: World) -> None:
    await world.policy(intake_valid_days=30)
    group = await world.meeting(3)
    world.forward(days=60)
    await world.policy(intake_mode=CONVERSATION)
    at = world.now + timedelta(days=40)
    planned = await world.do.meetings.plan_meeting(group.members[0], group.id, at, "Library")
    assert await world.do.meetings.move_meeting(
        group.members[1], planned.id, planned.version, at + timedelta(days=60), "Library"
    )


async def adopted(
    world: World, mode: IntakeMode, interviewer: Actor, ends_in: float
) -> tuple[Actor, ApplicationView]:
    """Somebody is offered a place by a group; their outcome ends so many days from now."""
    group, code = await world.open_group(3)
    person = await world.registered("newcomer")
    apply = world.do.admission.apply
    with pytest.raises(IntakeNeeded):
        await apply(person, world.organisation, code, "Newcomer", "Words.", None)
    await world.policy(intake_mode=mode, intake_valid_days=VALID)
    if mode is CONVERSATION:  # nor is a declaration made under another policy enough now
        await world.policy(intake_mode=OWN, intake_valid_days=VALID)
        await world.do.intake.declare_readiness(person, world.organisation)
        await world.policy(intake_mode=mode, intake_valid_days=VALID)
        with pytest.raises(ConversationRequired):
            await apply(person, world.organisation, code, "Newcomer", "Words.", None)
    await renew(world, mode, interviewer, person)
    world.forward(days=VALID - ends_in)
    application = await apply(person, world.organisation, code, "Newcomer", "Words.", None)
    await world.vote(await world.admission(group, application), group.members)
    return person, application


@pytest.mark.rule("I-01", "I-02", "I-07", "A-01", "A-07")
@pytest.mark.parametrize("mode", [OWN, EITHER, CONVERSATION])
async def test_i02_an_outcome_holds_when_applying_and_is_nobodys_veto_afterwards(
    world: World, mode: IntakeMode
) -> None:
    """Asked for at the application; once the group has decided, nothing that staff record undoes it."""
    interviewer = await worker(world, Role.INTERVIEWER)
    person, application = await adopted(world, mode, interviewer, ends_in=5)
    accept = world.do.admission.accept_entry
    world.forward(days=6)
    record = world.do.intake.record_outcome
    await record(interviewer, world.organisation, person.person_id, Outcome.NOT_NOW, [])
    entered = await accept(person, application.id, world.signature())
    assert entered.alias == "Newcomer"
    world.forward(days=VALID + 1)
    assert await accept(person, application.id, world.signature()) == entered


@pytest.mark.rule("A-03")
async def test_an_offer_that_ended_has_ended(world: World) -> None:
    interviewer = await worker(world, Role.INTERVIEWER)
    other, late = await adopted(world, EITHER, interviewer, ends_in=5)
    world.forward(days=30)
    with pytest.raises(OfferExpired):
        await world.do.admission.accept_entry(other, late.id, world.signature())
