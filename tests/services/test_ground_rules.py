"""The group makes its own ground rules, together; nobody else writes or sees them (G-15, G-17, N-02, M-13)."""

import pytest

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import BallotUnderWay
from app.domain.admission.questions import Question
from app.domain.groups.errors import DeclarationNeeded, GroundRulesNotFound, GroupNotFound
from app.domain.groups.ground_rules import AbsenceChannel, Agreement, Frame
from app.domain.organisations.policy import DecisionRuleName
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroundRulesId
from app.services.groups.own_views import GroundRulesView, RulesStatus
from app.services.ports.paging import FIRST_PAGE
from tests.support.world import Made, World

pytestmark = pytest.mark.rule("G-15", "G-17")
FOR, AGAINST = Choice.FOR, Choice.AGAINST
WORDS = Agreement(
    rhythm="Every other Thursday, two hours",
    absence_channel=AbsenceChannel.TEXT_MESSAGE,
    absence_hours=4,
    points=("Telephones stay in the pocket",),
)


async def adopted(world: World, group: Made, rules: GroundRulesId, *voices: Choice) -> BallotStatus:
    ballot = await world.do.admission.open_ballot(
        group.members[0], group.id, Question.GROUND_RULES, ground_rules_id=rules
    )
    assert ballot.ground_rules_id == rules
    return (await world.vote(ballot, group.members, *(voices or (FOR,)))).status


async def listed(world: World, group: Made, who: Actor) -> list[GroundRulesView]:
    return (await world.do.groups.list_ground_rules(who, group.id, FIRST_PAGE)).items


@pytest.mark.rule("N-02", "M-13")
async def test_what_is_drafted_holds_once_the_group_has_adopted_it_and_versions_are_kept(
    world: World,
) -> None:
    group = await world.meeting(3)
    drafted = await world.do.groups.draft_ground_rules(group.members[1], group.id, WORDS)
    assert (drafted.status, drafted.adopted_at) == (RulesStatus.DRAFT, None)
    assert (drafted.absence_channel, drafted.absence_hours) == (AbsenceChannel.TEXT_MESSAGE, 4)
    assert drafted.unspoken == [Frame.REFRESHMENTS, Frame.BREAKS]
    assert await adopted(world, group, drafted.id, AGAINST, FOR) is BallotStatus.NOT_ADOPTED
    assert (await world.do.groups.read_group(group.members[0], group.id)).ground_rules_id is None
    assert await adopted(world, group, drafted.id) is BallotStatus.ADOPTED
    page = await world.do.groups.read_group(group.members[2], group.id)
    assert (page.ground_rules_id, page.ground_rules_to_be_renewed) == (drafted.id, False)
    second = await world.do.groups.draft_ground_rules(group.members[0], group.id, Agreement(rhythm="Weekly"))
    await adopted(world, group, second.id)
    found = await listed(world, group, group.members[2])
    assert [(each.id, each.status) for each in found] == [
        (second.id, RulesStatus.IN_FORCE),
        (drafted.id, RulesStatus.EARLIER),
    ]
    assert all(each.adopted_at is not None for each in found)
    assert found[1].points == list(WORDS.points)


@pytest.mark.hazard("B-15")
async def test_the_groups_own_rule_decides_later_ballots_and_no_open_one(world: World) -> None:
    group = await world.meeting(4)
    rules = await world.do.groups.draft_ground_rules(
        group.members[0], group.id, Agreement(decision_rule=DecisionRuleName.ABSOLUTE_MAJORITY)
    )
    before = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await adopted(world, group, rules.id)
    seen = await world.do.admission.read_ballot(group.members[0], before.id)
    assert (before.rule, seen.rule) == ("no_objection", "no_objection")
    assert (await world.vote(before, group.members, AGAINST, FOR)).status is BallotStatus.NOT_ADOPTED
    after = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    assert after.rule == "absolute_majority"
    assert (await world.vote(after, group.members, AGAINST, FOR)).status is BallotStatus.ADOPTED


@pytest.mark.rule("A-05")
@pytest.mark.hazard("G-h5")
async def test_a_new_generation_keeps_the_rules_and_is_asked_to_renew_them(world: World) -> None:
    group, code = await world.open_group(3)
    rules = await world.do.groups.draft_ground_rules(group.members[0], group.id, WORDS)
    await adopted(world, group, rules.id)
    newcomer = await world.admitted(group, code)
    page = await world.do.groups.read_group(newcomer, group.id)
    assert (page.ground_rules_id, page.ground_rules_to_be_renewed) == (rules.id, True)
    assert [each.status for each in await listed(world, group, newcomer)] == [RulesStatus.TO_BE_RENEWED]
    assert await adopted(world, group, rules.id) is BallotStatus.ADOPTED
    page = await world.do.groups.read_group(newcomer, group.id)
    assert (page.ground_rules_id, page.ground_rules_to_be_renewed) == (rules.id, False)


async def test_nobody_outside_writes_or_sees_them(world: World) -> None:
    group = await world.meeting(4, sign=False)
    unsigned = group.members.pop()
    await world.sign_all(group)
    other = await world.meeting(3)
    do = world.do.groups
    rules = await do.draft_ground_rules(group.members[0], group.id, WORDS)
    await adopted(world, group, rules.id)
    for outsider in (world.coordinator, world.administrator, other.members[0]):
        with pytest.raises(GroupNotFound):
            await do.draft_ground_rules(outsider, group.id, WORDS)
        with pytest.raises(GroupNotFound):
            await listed(world, group, outsider)
        with pytest.raises(GroundRulesNotFound):
            await do.read_ground_rules(outsider, rules.id)
    with pytest.raises(DeclarationNeeded):
        await do.read_ground_rules(unsigned, rules.id)
    assert (await do.read_group(world.coordinator, group.id)).ground_rules_id is None
    with pytest.raises(GroundRulesNotFound):
        await adopted(world, other, rules.id)
    ballot = world.do.admission.open_ballot
    await ballot(group.members[0], group.id, Question.GROUND_RULES, ground_rules_id=rules.id)
    with pytest.raises(BallotUnderWay):
        await ballot(group.members[0], group.id, Question.GROUND_RULES, ground_rules_id=rules.id)
