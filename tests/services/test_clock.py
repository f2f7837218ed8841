"""Every deadline holds by itself (B-13): no worker runs in any of these tests, and nobody has looked in between."""

from datetime import timedelta

import pytest

from app.domain.admission.application import ApplicantStage, Stage
from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import ApplicationOver, BallotClosed, OfferExpired
from app.domain.groups.group import Phase
from app.domain.intake.outcome import IntakeEndsBefore, IntakeNeeded
from app.domain.organisations.policy import PolicySettings
from app.domain.shared.actor import ANONYMOUS
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import World


@pytest.mark.hazard("B-13")
async def test_b13_a_late_vote_does_not_count(world: World) -> None:
    group = await world.meeting(5)
    ballot = await world.do.admission.open_ballot(
        group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, None, 7
    )
    await world.vote(ballot, group.members[:4])
    world.forward(days=7)
    with pytest.raises(BallotClosed):
        await world.do.admission.cast_vote(group.members[4], ballot.id, Choice.FOR)
    seen = await world.do.admission.read_ballot(group.members[4], ballot.id)
    assert seen.status is BallotStatus.LAPSED


@pytest.mark.hazard("B-13")
@pytest.mark.parametrize("who", ["applicant", "list", "entry", "group"])
async def test_b13_whoever_looks_first_after_the_closing_finds_the_outcome(world: World, who: str) -> None:
    await world.policy(ballot_quorum_percent=60)
    group, code = await world.open_group(5, seats=8)
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members[:3])
    world.forward(days=14, minutes=1)
    if who == "applicant":
        heard = await world.do.admission.read_application(newcomer, application.id)
        assert heard.stage is ApplicantStage.PLACE_OFFERED
    elif who == "list":
        [heard] = await world.do.admission.list_my_applications(newcomer)
        assert heard.stage is ApplicantStage.PLACE_OFFERED
    elif who == "entry":
        entry = await world.do.admission.accept_entry(newcomer, application.id, world.signature())
        assert entry.generation == 2
    else:
        page = await world.do.admission.list_applications(group.members[4], group.id, FIRST_PAGE)
        assert [item.group_stage for item in page.items] == [Stage.OFFERED]


@pytest.mark.hazard("B-13")
async def test_b13_a_stranger_finds_the_group_that_has_opened_in_the_meantime(world: World) -> None:
    await world.policy(ballot_quorum_percent=60)
    group = await world.meeting(5, seats=6)
    ballot = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await world.vote(ballot, group.members[:3])
    assert not (await world.do.admission.list_offers(ANONYMOUS, world.organisation, FIRST_PAGE)).items
    world.forward(days=14, minutes=1)
    assert (await world.do.admission.list_offers(ANONYMOUS, world.organisation, FIRST_PAGE)).items


@pytest.mark.rule("O-02")
async def test_the_public_offers_stand_still_while_the_group_decides(world: World) -> None:
    """B-29: a list that moved with seats would tell the world of each ballot, entry and leaving."""
    group, code = await world.open_group(5, seats=6)
    before = await world.do.admission.list_offers(ANONYMOUS, world.organisation, FIRST_PAGE)
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    assert await world.do.admission.list_offers(ANONYMOUS, world.organisation, FIRST_PAGE) == before
    await world.vote(ballot, group.members)
    await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    assert await world.do.admission.list_offers(ANONYMOUS, world.organisation, FIRST_PAGE) == before
    await world.do.groups.leave_group(newcomer, group.id)
    assert await world.do.admission.list_offers(ANONYMOUS, world.organisation, FIRST_PAGE) == before


@pytest.mark.hazard("B-13")
async def test_b13_an_offer_ends_at_its_time(world: World) -> None:
    await world.policy(entry_offer_days=3)
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)
    await world.vote(await world.admission(group, application), group.members)
    world.forward(days=3, minutes=1)
    with pytest.raises(OfferExpired):
        await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    heard = await world.do.admission.read_application(newcomer, application.id)
    assert (heard.stage, heard.offer_expires_at) == (ApplicantStage.OFFER_ENDED, None)


async def test_an_offer_ends_with_the_next_meeting_but_one_as_planned_at_the_count(world: World) -> None:
    group, code = await world.open_group()
    planner = group.members[0]
    starts = [world.now + timedelta(days=days) for days in (2, 5, 9)]
    for start in starts:
        await world.do.meetings.plan_meeting(planner, group.id, start, "Library")
    newcomer, application = await world.applied(code)
    await world.vote(await world.admission(group, application), group.members)
    heard = await world.do.admission.read_application(newcomer, application.id)
    assert heard.offer_expires_at == starts[1]
    await world.do.meetings.plan_meeting(planner, group.id, world.now + timedelta(days=1), "Library")
    heard = await world.do.admission.read_application(newcomer, application.id)
    assert heard.offer_expires_at == starts[1]


@pytest.mark.hazard("B-13")
async def test_b13_an_application_that_nobody_hears_ends_after_sixty_days(world: World) -> None:
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)
    world.forward(days=59, hours=23)
    heard = await world.do.admission.read_application(newcomer, application.id)
    assert heard.stage is ApplicantStage.WITH_THE_GROUP
    world.forward(hours=2)
    heard = await world.do.admission.read_application(newcomer, application.id)
    assert heard.stage is ApplicantStage.NOT_THIS_TIME
    with pytest.raises(ApplicationOver):
        await world.admission(group, application)


@pytest.mark.rule("I-02")
async def test_i02_an_intake_outcome_ends_at_its_time(world: World) -> None:
    early = await world.ready("early")
    world.forward(days=183, hours=1)
    group = await world.forming(3)
    with pytest.raises(IntakeNeeded):
        await world.do.groups.invite_to_place(world.coordinator, group.id, early.person_id)
    await world.do.intake.declare_readiness(early, world.organisation)
    await world.do.groups.invite_to_place(world.coordinator, group.id, early.person_id)


@pytest.mark.rule("I-02")
async def test_i02_an_intake_has_to_hold_on_the_day_of_the_first_meeting(world: World) -> None:
    """Whoever has accepted is asked about when the day is fixed; whoever hasn't yet, when they accept."""
    group = await world.forming(3)
    late = await world.ready("late")
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, late.person_id)
    day = world.now + timedelta(days=184)
    plan = world.do.meetings.plan_meeting
    with pytest.raises(IntakeEndsBefore):
        await plan(world.coordinator, group.id, day, "Library")
    world.forward(days=2)
    for member in group.members:
        await world.do.intake.declare_readiness(member, world.organisation)
    await plan(world.coordinator, group.id, day, "Library")
    with pytest.raises(IntakeNeeded):
        await world.do.groups.accept_place(late, placement.id, "Late")


async def test_a_group_closes_without_anybody_noticing(world: World) -> None:
    group = await world.forming(3)
    await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=5), "Library"
    )
    assert (await world.do.groups.read_group(group.members[0], group.id)).phase is Phase.FORMING
    world.forward(hours=6)
    assert (await world.do.groups.read_group(group.members[0], group.id)).phase is Phase.MEETING


async def test_a_policy_holds_from_its_day(world: World) -> None:
    held = await world.do.organisations.read_policy(world.administrator, world.organisation)
    await world.do.organisations.adopt_policy(
        world.administrator,
        world.organisation,
        held.version,
        PolicySettings(ballot_window_days=30),
        world.now + timedelta(days=10),
    )
    group = await world.meeting(3)
    before = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    assert before.closes_at - before.opened_at == timedelta(days=14)
    world.forward(days=15)
    after = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    assert after.closes_at - after.opened_at == timedelta(days=30)
