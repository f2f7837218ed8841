"""Ballots as groups live through them: hazards B-03 to B-20, told through the use cases."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.admission.application import ApplicantStage
from app.domain.admission.ballot import BallotStatus, Question
from app.domain.admission.decision_rules import CONSENT_OF_ALL, Choice
from app.domain.admission.errors import (
    ApplicationOver,
    BallotClosed,
    BallotNotFound,
    BallotUnderWay,
    NobodyCanVote,
    NotOnTheRoll,
    TooSoonToApply,
)
from app.domain.groups.errors import DeclarationNeeded, GroupIsForming, GroupNotFound
from app.domain.organisations.policy import DecisionRuleName
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.services.admission.views import BallotView
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.world import Made, World

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


async def opening(world: World, group: Made) -> BallotView:
    return await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)


async def envelopes(look: Look, ballot: BallotView) -> int:
    return len(await look("select from envelope where ballot_id = $1", ballot.id))


@pytest.mark.hazard("B-03")
async def test_b03_who_leaves_drops_off_the_roll_with_their_envelope_unopened(
    world: World, look: Look
) -> None:
    group = await world.meeting(5)
    ballot = await opening(world, group)
    leaver, *others = group.members
    await world.vote(ballot, [leaver], AGAINST)
    assert await envelopes(look, ballot) == 1
    await world.do.groups.leave_group(leaver, group.id)
    assert await envelopes(look, ballot) == 0
    seen = await world.do.admission.read_ballot(others[0], ballot.id)
    assert (seen.status, seen.roll_size) == (BallotStatus.OPEN, 4)
    assert (await world.vote(ballot, others, FOR)).status is BallotStatus.ADOPTED


@pytest.mark.hazard("B-03")
async def test_b03_if_only_the_leaver_was_missing_the_ballot_closes_with_their_leaving(world: World) -> None:
    group = await world.meeting(5)
    ballot = await opening(world, group)
    *voters, leaver = group.members
    assert (await world.vote(ballot, voters, FOR)).status is BallotStatus.OPEN
    await world.do.groups.leave_group(leaver, group.id)
    seen = await world.do.admission.read_ballot(voters[0], ballot.id)
    assert seen.status is BallotStatus.ADOPTED


@pytest.mark.hazard("B-03")
async def test_b03_a_ballot_that_is_due_is_counted_before_anybody_leaves_it(world: World) -> None:
    await world.policy(ballot_quorum_percent=60)
    group = await world.meeting(5)
    ballot = await opening(world, group)
    await world.vote(ballot, group.members[:3], FOR)
    world.forward(days=14, hours=1)
    for leaver in group.members[:3]:
        await world.do.groups.leave_group(leaver, group.id)
    seen = await world.do.admission.read_ballot(group.members[4], ballot.id)
    assert seen.status is BallotStatus.ADOPTED


@pytest.mark.hazard("B-06")
async def test_b06_no_ballot_closes_because_its_result_is_certain(world: World) -> None:
    group = await world.meeting(5)
    ballot = await opening(world, group)
    for voter in group.members[:4]:
        seen = await world.vote(ballot, [voter], AGAINST)
        assert seen.status is BallotStatus.OPEN
    assert (await world.vote(ballot, group.members[4:], FOR)).status is BallotStatus.NOT_ADOPTED


@pytest.mark.hazard("B-07")
async def test_b07_what_others_do_changes_nothing_that_one_can_see(world: World) -> None:
    """B-06, B-07, B-17, B-29."""
    group = await world.meeting(5)
    ballot = await opening(world, group)
    watcher, voter, *_ = group.members
    before = await world.do.admission.read_ballot(watcher, ballot.id)
    group_before = await world.do.groups.read_group(watcher, group.id)
    for choice in (FOR, AGAINST, FOR):
        await world.vote(ballot, [voter], choice)
        assert await world.do.admission.read_ballot(watcher, ballot.id) == before
        assert await world.do.groups.read_group(watcher, group.id) == group_before


@pytest.mark.hazard("B-09")
async def test_b09_a_missed_quorum_lapses_and_the_application_may_be_heard_again(world: World) -> None:
    group, code = await world.open_group()
    newcomer, application = await world.applied(code)
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members[:4], FOR)
    world.forward(days=14, hours=1)
    heard = await world.do.admission.read_application(newcomer, application.id)
    assert heard.stage is ApplicantStage.NO_DECISION_YET
    seen = await world.do.admission.read_ballot(group.members[0], ballot.id)
    assert seen.status is BallotStatus.LAPSED
    again = await world.admission(group, application)
    assert (await world.vote(again, group.members, FOR)).status is BallotStatus.ADOPTED


@pytest.mark.hazard("B-10")
async def test_b10_silence_is_never_consent(world: World) -> None:
    group = await world.meeting(5)
    abstaining = await opening(world, group)
    assert (await world.vote(abstaining, group.members, ABSTAIN)).status is BallotStatus.NOT_ADOPTED
    silent = await opening(world, group)
    world.forward(days=14, hours=1)
    seen = await world.do.admission.read_ballot(group.members[0], silent.id)
    assert seen.status is BallotStatus.LAPSED


@pytest.mark.hazard("B-11")
async def test_b11_a_tie_is_not_adopted_and_no_round_follows_by_itself(world: World) -> None:
    await world.policy(ballot_rule=DecisionRuleName.ABSOLUTE_MAJORITY)
    group = await world.meeting(4)
    ballot = await opening(world, group)
    assert (await world.vote(ballot, group.members, FOR, FOR, AGAINST)).status is BallotStatus.NOT_ADOPTED
    page = await world.do.admission.list_ballots(group.members[0], group.id, FIRST_PAGE)
    assert [item.id for item in page.items] == [ballot.id]


@pytest.mark.hazard("B-15")
async def test_b15_a_ballot_keeps_the_rule_and_quorum_of_its_opening(world: World) -> None:
    group = await world.meeting(5)
    ballot = await opening(world, group)
    await world.policy(
        ballot_rule=DecisionRuleName.ABSOLUTE_MAJORITY, ballot_quorum_percent=50, ballot_window_days=7
    )
    seen = await world.do.admission.read_ballot(group.members[0], ballot.id)
    assert (seen.rule, seen.quorum_percent, seen.closes_at) == ("no_objection", 100, ballot.closes_at)
    assert (await world.vote(ballot, group.members, AGAINST, FOR)).status is BallotStatus.NOT_ADOPTED
    later = await opening(world, group)
    assert (later.rule, later.quorum_percent) == ("absolute_majority", 50)


@pytest.mark.hazard("B-16")
async def test_b16_the_same_vote_on_a_bad_network_is_one_vote(world: World, look: Look) -> None:
    group = await world.meeting(5)
    ballot = await opening(world, group)
    voter = group.members[0]
    await asyncio.gather(*(world.do.admission.cast_vote(voter, ballot.id, FOR) for _ in range(4)))
    assert await envelopes(look, ballot) == 1
    assert (await world.vote(ballot, group.members, FOR)).status is BallotStatus.ADOPTED


@pytest.mark.hazard("B-17")
async def test_b17_the_last_choice_holds(world: World, look: Look) -> None:
    group = await world.meeting(5)
    ballot = await opening(world, group)
    first, *others = group.members
    before = await world.vote(ballot, [first], FOR)
    assert await world.vote(ballot, [first], AGAINST) == before
    assert await envelopes(look, ballot) == 1
    assert (await world.vote(ballot, others, FOR)).status is BallotStatus.NOT_ADOPTED
    with pytest.raises(BallotClosed):
        await world.vote(ballot, [first], FOR)
    assert await envelopes(look, ballot) == 0


@pytest.mark.hazard("B-18")
async def test_b18_a_forming_group_and_an_empty_one_have_no_electorate(world: World) -> None:
    group = await world.forming(5)
    with pytest.raises(GroupIsForming):
        await opening(world, group)
    met = await world.meeting(3)
    for member in met.members:
        await world.do.groups.leave_group(member, met.id)
    with pytest.raises(GroupNotFound):
        await opening(world, met)


@pytest.mark.hazard("B-19")
async def test_b19_below_three_the_open_consent_of_all_decides(world: World) -> None:
    group = await world.meeting(3)
    await world.do.groups.leave_group(group.members.pop(), group.id)
    ballot = await opening(world, group)
    assert (ballot.secret, ballot.rule, ballot.roll_size) == (False, CONSENT_OF_ALL, 2)
    assert (await world.vote(ballot, group.members, FOR, ABSTAIN)).status is BallotStatus.NOT_ADOPTED
    second = await opening(world, group)
    assert (await world.vote(second, group.members, FOR)).status is BallotStatus.ADOPTED


@pytest.mark.hazard("B-27")
async def test_b27_whoever_entered_last_does_not_decide_alone_for_those_who_have_yet_to_sign(
    world: World,
) -> None:
    """B-27, A-01, G-h5: in a new generation the old members keep everything, their vote first of all."""
    group, code = await world.open_group(5, seats=8)
    newcomer = await world.admitted(group, code)
    _, accomplice = await world.applied(code, "Accomplice")
    ballot = await world.do.admission.open_ballot(newcomer, group.id, Question.ADMISSION, accomplice.id)
    assert (ballot.secret, ballot.roll_size) == (True, 6)
    closed = await world.vote(ballot, group.members, AGAINST, FOR)
    assert closed.status is BallotStatus.NOT_ADOPTED


@pytest.mark.hazard("G-h5")
async def test_g_h5_who_never_signs_again_drops_off_the_roll_after_the_first_meeting(world: World) -> None:
    group, code = await world.open_group(5, seats=8)
    await world.do.meetings.plan_meeting(group.members[0], group.id, world.now + timedelta(days=1), "Library")
    await world.admitted(group, code)
    for member in group.members[1:5]:
        await world.do.groups.sign_declaration(member, group.id, world.signature())
    world.forward(days=2)
    _, waiting = await world.applied(code, "Waiting")
    ballot = await world.do.admission.open_ballot(group.members[1], group.id, Question.ADMISSION, waiting.id)
    assert ballot.roll_size == 5
    with pytest.raises(DeclarationNeeded):
        await world.do.admission.cast_vote(group.members[0], ballot.id, FOR)


@pytest.mark.rule("C-08")
async def test_c08_two_who_have_signed_do_not_decide_for_a_group_that_has_not(world: World) -> None:
    group = await world.meeting(5, sign=False)
    for member in group.members[:2]:
        await world.do.groups.sign_declaration(member, group.id, world.signature())
    with pytest.raises(NobodyCanVote):
        await opening(world, group)
    await world.do.groups.sign_declaration(group.members[2], group.id, world.signature())
    assert (await opening(world, group)).roll_size == 3


@pytest.mark.hazard("B-19")
async def test_b19_an_open_ballot_that_falls_below_three_lapses(world: World, look: Look) -> None:
    group = await world.meeting(3)
    ballot = await opening(world, group)
    first, second, leaver = group.members
    await world.vote(ballot, [first], FOR)
    await world.do.groups.leave_group(leaver, group.id)
    seen = await world.do.admission.read_ballot(second, ballot.id)
    assert seen.status is BallotStatus.LAPSED
    assert await envelopes(look, ballot) == 0


@pytest.mark.hazard("B-20")
async def test_b20_nobody_but_a_member_on_the_roll_votes(world: World) -> None:
    group = await world.meeting(4, sign=False)
    unsigned = group.members.pop()
    await world.sign_all(group)
    ballot = await opening(world, group)
    outsiders = [world.coordinator, world.administrator, await world.registered("stranger")]
    for outsider in outsiders:
        with pytest.raises(BallotNotFound):
            await world.do.admission.cast_vote(outsider, ballot.id, FOR)
    system = Actor(issuer="i", subject="municipality", is_system=True, person=group.members[0].person)
    for nobody in (system, Actor()):
        with pytest.raises(PersonNeeded):
            await world.do.admission.cast_vote(nobody, ballot.id, FOR)
    with pytest.raises(DeclarationNeeded):
        await world.do.admission.cast_vote(unsigned, ballot.id, FOR)


@pytest.mark.hazard("B-20")
async def test_b20_whoever_signs_after_the_opening_votes_in_the_next_one(world: World) -> None:
    group = await world.meeting(4, sign=False)
    late = group.members.pop()
    await world.sign_all(group)
    ballot = await opening(world, group)
    await world.do.groups.sign_declaration(late, group.id, world.signature())
    with pytest.raises(NotOnTheRoll):
        await world.do.admission.cast_vote(late, ballot.id, FOR)
    assert (await world.vote(ballot, group.members, FOR)).status is BallotStatus.ADOPTED


async def test_one_question_has_one_open_ballot(world: World) -> None:
    group, code = await world.open_group()
    _, application = await world.applied(code)
    tries = [world.admission(group, application) for _ in range(3)]
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(item).__name__ for item in found) == ["BallotUnderWay", "BallotUnderWay", "BallotView"]
    await world.do.groups.close_for_new_people(group.members[0], group.id)
    ballot = await opening(world, group)
    with pytest.raises(BallotUnderWay):
        await opening(world, group)
    assert ballot.application_id is None


@pytest.mark.hazard("B-23")
async def test_b23_a_new_application_is_a_new_beginning(world: World, look: Look) -> None:
    group, code = await world.open_group()
    newcomer, first = await world.applied(code)
    ballot = await world.admission(group, first)
    await world.vote(ballot, group.members, AGAINST, FOR)
    with pytest.raises(ApplicationOver):
        await world.admission(group, first)
    again = (newcomer, world.organisation, code, "Newcomer", "Again.", None)
    with pytest.raises(TooSoonToApply):
        await world.do.admission.apply(*again)
    world.forward(days=31)
    second = await world.do.admission.apply(*again)
    assert second.id != first.id
    new = await world.admission(group, second)
    assert new.id != ballot.id
    assert not await look("select from ballot_roll where ballot_id = $1 and has_voted", new.id)
    assert (await world.vote(new, group.members, FOR)).status is BallotStatus.ADOPTED


async def test_after_the_count_nothing_tells_who_voted(world: World, look: Look) -> None:
    group = await world.meeting(5)
    ballot = await opening(world, group)
    await world.vote(ballot, group.members, FOR)
    assert await envelopes(look, ballot) == 0
    assert not await look("select from ballot_roll where ballot_id = $1 and has_voted", ballot.id)
    assert world.do.admission.open_ballot.keys.private(ballot.id) is None
