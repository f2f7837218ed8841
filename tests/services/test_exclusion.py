"""A member goes by themselves, or as all the others have decided; there is no third way (G-h8, G-18, G-19, N-05)."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import CONSENT_OF_ALL, UNANIMOUS, Choice
from app.domain.admission.errors import BallotAboutYou, NotAboutYourself, TooFewToExclude
from app.domain.admission.questions import Question
from app.domain.groups.errors import GroupNotFound, MemberNotFound
from app.domain.groups.ground_rules import Agreement
from app.domain.organisations.policy import DecisionRuleName
from app.domain.shared.actor import Actor
from app.services.admission.views import BallotView
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import Made, World

pytestmark = [pytest.mark.hazard("G-h8"), pytest.mark.rule("G-19", "N-05")]
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


async def asked(world: World, group: Made, about: Actor, who: Actor | None = None) -> BallotView:
    page = await world.do.groups.read_group(about, group.id)
    return await world.do.admission.open_ballot(
        who or group.members[0], group.id, Question.EXCLUSION, member_id=page.my_membership_id
    )


async def test_all_others_of_one_mind_and_the_member_is_told_in_neutral_words(world: World) -> None:
    await world.policy(ballot_rule=DecisionRuleName.ABSOLUTE_MAJORITY, ballot_quorum_percent=50)
    group = await world.meeting(5)
    *others, gone = group.members
    other = await world.do.admission.open_ballot(others[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await world.vote(other, [gone], AGAINST)
    ballot = await asked(world, group, gone)
    assert (ballot.rule, ballot.quorum_percent, ballot.roll_size, ballot.secret) == (UNANIMOUS, 100, 4, True)
    seen = await world.do.admission.read_ballot(gone, ballot.id)
    assert not seen.my_vote.on_the_roll
    with pytest.raises(BallotAboutYou):
        await world.do.admission.cast_vote(gone, ballot.id, AGAINST)
    assert (await world.vote(ballot, others, FOR)).status is BallotStatus.ADOPTED
    for attempt in (
        world.do.groups.read_group(gone, group.id),
        world.do.meetings.list_meetings(gone, group.id, FIRST_PAGE),
    ):
        with pytest.raises(GroupNotFound):
            await attempt
    assert await world.do.groups.list_my_groups(gone) == []
    past = (await world.do.groups.list_past_memberships(gone))[0]
    assert (past.group_id, past.by_the_others) == (group.id, True)
    assert past.other_help
    assert not any(char.isdigit() for char in past.message)
    page = await world.do.groups.read_group(others[0], group.id)
    assert (page.member_count, page.free_seats) == (4, 2)
    assert (await world.do.admission.read_ballot(others[0], other.id)).roll_size == 4
    assert (await world.vote(other, others, FOR)).status is BallotStatus.ADOPTED


@pytest.mark.parametrize("voices", [(FOR, FOR, FOR, AGAINST), (FOR, FOR, FOR, ABSTAIN), (FOR, FOR, FOR)])
async def test_one_who_is_not_for_it_is_enough_for_the_member_to_stay(
    world: World, voices: tuple[Choice, ...]
) -> None:
    group = await world.meeting(5)
    *others, about = group.members
    ballot = await asked(world, group, about)
    for voter, voice in zip(others, voices, strict=False):
        await world.vote(ballot, [voter], voice)
    world.forward(days=15)
    assert (await world.do.groups.read_group(about, group.id)).member_count == 5
    status = (await world.do.admission.read_ballot(about, ballot.id)).status
    assert status is (BallotStatus.LAPSED if len(voices) < 4 else BallotStatus.NOT_ADOPTED)


@pytest.mark.hazard("B-19")
async def test_two_others_consent_openly_and_one_alone_decides_nothing(world: World) -> None:
    group = await world.meeting(3)
    first, second, about = group.members
    ballot = await asked(world, group, about)
    assert (ballot.rule, ballot.secret, ballot.roll_size) == (CONSENT_OF_ALL, False, 2)
    assert (await world.vote(ballot, [first, second], FOR)).status is BallotStatus.ADOPTED
    with pytest.raises(TooFewToExclude):
        await asked(world, group, second)


async def test_it_holds_before_anybody_has_counted(world: World) -> None:
    """B-13: who is away doesn't count in the quorum; the closing time passes, and the member asks first."""
    group = await world.meeting(5)
    *others, about = group.members
    await world.do.groups.take_leave(others[3], group.id, world.now + timedelta(days=60))
    ballot = await asked(world, group, about)
    await world.vote(ballot, others[:3], FOR)
    assert (await world.do.groups.read_group(about, group.id)).member_count == 5
    world.forward(days=15)
    with pytest.raises(GroupNotFound):
        await world.do.meetings.list_meetings(about, group.id, FIRST_PAGE)
    assert (await world.do.admission.read_ballot(others[0], ballot.id)).status is BallotStatus.ADOPTED


async def test_two_about_each_other_and_an_older_question_are_counted_in_order(world: World) -> None:
    group = await world.meeting(5)
    first, second, *others = group.members
    for member in others[:1]:
        await world.do.groups.take_leave(member, group.id, world.now + timedelta(days=60))
    older = await world.do.admission.open_ballot(first, group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await world.vote(older, [first, second, *others[1:]], FOR)
    one = await asked(world, group, second, first)
    two = await asked(world, group, first, second)
    await world.vote(one, [first, *others[1:]], FOR)
    await world.vote(two, [second, *others[1:]], FOR)
    world.forward(days=15)
    seen = await asyncio.gather(*(world.service.count(each.id) for each in (two, one, older)))
    assert seen == [None] * 3
    view = world.do.admission.read_ballot
    assert (await view(others[0], older.id)).status is BallotStatus.ADOPTED
    assert (await view(others[0], one.id)).status is BallotStatus.ADOPTED
    # Whoever was excluded first is off the other roll: below three are left who could keep a secret or reach a quorum.
    assert (await view(others[0], two.id)).status is BallotStatus.LAPSED
    assert (await world.do.groups.read_group(first, group.id)).member_count == 4


@pytest.mark.hazard("B-20")
async def test_staff_have_no_way_and_nobody_asks_about_themselves_or_a_stranger(world: World) -> None:
    group, other = await world.meeting(4), await world.meeting(3)
    about = (await world.do.groups.read_group(group.members[3], group.id)).my_membership_id
    open_ballot = world.do.admission.open_ballot
    for staff in (world.coordinator, world.administrator):
        with pytest.raises(GroupNotFound):
            await open_ballot(staff, group.id, Question.EXCLUSION, member_id=about)
    with pytest.raises(NotAboutYourself):
        await asked(world, group, group.members[0], group.members[0])
    with pytest.raises(MemberNotFound):
        await open_ballot(other.members[0], other.id, Question.EXCLUSION, member_id=about)


@pytest.mark.rule("G-18", "L-02", "L-03")
@pytest.mark.hazard("D-h4")
async def test_who_leaves_meanwhile_has_left_by_themselves(world: World) -> None:
    group = await world.meeting(5)
    *others, about = group.members
    ballot = await asked(world, group, about)
    await world.vote(ballot, others[:3], FOR)
    await world.do.groups.leave_group(about, group.id)
    assert (await world.do.admission.read_ballot(others[0], ballot.id)).status is BallotStatus.WITHDRAWN
    past = (await world.do.groups.list_past_memberships(about))[0]
    assert not past.by_the_others
    assert "promise" in past.message
    assert past.other_help
    assert world.do.admission.open_ballot.keys.private(ballot.id) is None


async def test_asked_twice_at_once_about_the_same_member_it_is_one_ballot(world: World) -> None:
    group = await world.meeting(5)
    *others, about = group.members
    found = await asyncio.gather(
        *(asked(world, group, about, each) for each in others), return_exceptions=True
    )
    assert sorted(type(it).__name__ for it in found) == ["BallotUnderWay"] * 3 + ["BallotView"]


@pytest.mark.rule("A-03", "A-05")
async def test_a_new_generation_voids_the_questions_of_the_old_one(world: World) -> None:
    group, code = await world.open_group(4)
    newcomer, application = await world.applied(code)
    await world.vote(await world.admission(group, application), group.members)
    *others, about = group.members
    exclusion = await asked(world, group, about)
    draft = await world.do.groups.draft_ground_rules(about, group.id, Agreement(rhythm="Weekly"))
    rules = await world.do.admission.open_ballot(
        about, group.id, Question.GROUND_RULES, ground_rules_id=draft.id
    )
    await world.vote(exclusion, others[:2], FOR)
    await world.do.admission.accept_entry(newcomer, application.id, world.signature())
    for ballot in (exclusion, rules):
        seen = await world.do.admission.read_ballot(about, ballot.id)
        assert seen.status is BallotStatus.VOID
        assert world.do.admission.open_ballot.keys.private(ballot.id) is None
    page = await world.do.groups.read_group(about, group.id)
    assert (page.member_count, page.ground_rules_id) == (5, None)
