"""What holds when a ballot opens: about whom, for how long, how many have to be heard, and that its key ends with it."""

import pytest

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import ApplicationNotFound, WindowOutOfBounds
from app.domain.admission.questions import Question
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import World


async def test_no_group_decides_on_an_application_to_another(world: World) -> None:
    group, code = await world.open_group(3)
    _, application = await world.applied(code)
    other, _ = await world.open_group(3)
    with pytest.raises(ApplicationNotFound):
        await world.do.admission.open_ballot(other.members[0], other.id, Question.ADMISSION, application.id)
    assert (await world.admission(group, application)).application_id == application.id


async def test_a_ballot_stands_for_a_week_at_least_and_for_sixty_days_at_most(world: World) -> None:
    group = await world.meeting(3)

    async def asked(days: int) -> int:
        ballot = await world.do.admission.open_ballot(
            group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE, window_days=days
        )
        await world.vote(ballot, group.members, Choice.AGAINST)
        return (ballot.closes_at - ballot.opened_at).days

    for days in (6, 61):
        with pytest.raises(WindowOutOfBounds):
            await asked(days)
    assert [await asked(days) for days in (7, 60)] == [7, 60]


@pytest.mark.hazard("B-19")
async def test_b19_below_three_both_are_heard_or_nothing_is_decided(world: World) -> None:
    await world.policy(ballot_quorum_percent=50, size_start_min=3)
    group = await world.meeting(3)
    await world.do.groups.leave_group(group.members.pop(), group.id)
    ballot = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    assert (ballot.secret, ballot.quorum_percent) == (False, 100)
    await world.vote(ballot, group.members[:1])
    world.forward(days=15)
    seen = await world.do.admission.read_ballot(group.members[0], ballot.id)
    assert seen.status is BallotStatus.LAPSED


async def test_the_key_of_a_ballot_goes_when_its_applicant_has_thought_better_of_it(world: World) -> None:
    group, code = await world.open_group(3)
    applicant, application = await world.applied(code)
    ballot = await world.admission(group, application)
    keys = world.do.admission.open_ballot.keys
    assert keys.private(ballot.id) is not None
    await world.do.admission.withdraw_application(applicant, application.id)
    assert keys.private(ballot.id) is None


async def test_ones_own_side_of_a_ballot_is_shown_while_it_is_open(world: World) -> None:
    group = await world.meeting(3)
    me, *others = group.members
    ballot = await world.do.admission.open_ballot(me, group.id, Question.OPEN_FOR_NEW_PEOPLE)
    assert ballot.my_vote.has_voted is False
    assert (await world.vote(ballot, [me])).my_vote.has_voted is True
    await world.vote(ballot, others)
    [over] = (await world.do.admission.list_ballots(me, group.id, FIRST_PAGE)).items
    assert (over.my_vote.on_the_roll, over.my_vote.has_voted) == (True, None)


async def test_ones_own_applications_are_nobody_elses(world: World) -> None:
    _, code = await world.open_group(3)
    one, first = await world.applied(code, "One")
    other, second = await world.applied(code, "Other")
    for who, own in ((one, first), (other, second)):
        assert [each.id for each in await world.do.admission.list_my_applications(who)] == [own.id]
