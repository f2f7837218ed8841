"""What people put right by themselves (GDPR art. 16): an alias, the words of an application, a remark of their own."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.admission.decision_rules import Choice
from app.domain.admission.errors import ApplicationNotFound, ApplicationOver, WordsStand
from app.domain.groups.errors import AliasTaken, DeclarationNeeded, GroupNotFound
from app.domain.intake.criteria import Answer, Criterion
from app.domain.intake.errors import AssessmentNotFound, NothingToRemarkOn
from app.domain.intake.outcome import Outcome
from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssessmentId, GroupId
from app.services.admission.views import ApplicationView
from app.services.intake.confiding import Point
from app.services.ports.paging import FIRST_PAGE
from tests.support.intake_world import appointed, conversations
from tests.support.world import World


async def roster(world: World, who: Actor, group: GroupId) -> set[str]:
    page = await world.do.groups.read_group(who, group)
    assert page.members is not None
    return {each.alias for each in page.members}


async def test_a_member_goes_by_another_alias_and_the_others_see_it(world: World) -> None:
    group = await world.meeting(3)
    me, other, _ = group.members
    mine = await world.do.groups.change_alias(me, group.id, "Alke")
    assert mine.members is not None
    assert [each.alias for each in mine.members if each.is_me] == ["Alke"]
    assert await roster(world, other, group.id) == {"Alke", "member1", "member2"}
    assert await world.do.groups.change_alias(me, group.id, "Alke") == mine  # twice is the same as once
    await world.do.groups.change_alias(other, group.id, "member0")  # nobody goes by it any more


async def test_no_two_in_a_group_go_by_the_same_alias(world: World) -> None:
    group = await world.meeting(3)
    me = group.members[0]
    with pytest.raises(AliasTaken):
        await world.do.groups.change_alias(me, group.id, "MEMBER1")
    assert "member0" in await roster(world, me, group.id)
    await world.do.groups.change_alias(me, group.id, "MEMBER0")  # one's own, written otherwise
    await world.do.groups.leave_group(group.members[1], group.id)
    await world.do.groups.change_alias(me, group.id, "member1")


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("Bever", "\u0412\u0435v\u0435r"),  # some letters Cyrillic
        ("BAP", "\u0412\u0410\u0420"),  # Cyrillic as a whole
        ("bap", "\u0412\u0410\u0420"),
        ("\u0412\u0410\u0420", "\u0392\u0391\u03a1"),  # Cyrillic and Greek
        ("Alke", "AIke"),  # a capital i
        ("Olav", "0lav"),  # a zero
        ("Alke", "Alke\ufe0f"),  # a mark that shows nothing
    ],
)
async def test_no_alias_looks_like_another_ones(world: World, theirs: str, mine: str) -> None:
    group = await world.meeting(3)
    await world.do.groups.change_alias(group.members[1], group.id, theirs)
    with pytest.raises(AliasTaken):
        await world.do.groups.change_alias(group.members[0], group.id, mine)
    assert await roster(world, group.members[0], group.id) == {"member0", theirs, "member2"}


async def test_of_two_at_one_moment_who_look_alike_one_gets_the_alias(world: World) -> None:
    group = await world.meeting(3)
    change = world.do.groups.change_alias
    answers = await asyncio.gather(
        change(group.members[0], group.id, "BAP"),
        change(group.members[1], group.id, "\u0412\u0410\u0420"),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AliasTaken) for one in answers) == 1
    assert sum(isinstance(one, BaseException) for one in answers) == 1


async def test_names_that_are_told_apart_are_taken(world: World) -> None:
    group = await world.meeting(3)
    for who, alias in zip(group.members, ("Kari", "Karl", "K\u00e1ri"), strict=True):
        await world.do.groups.change_alias(who, group.id, alias)


@pytest.mark.rule("C-01")
@pytest.mark.hazard("D-h1", "P-h16")
async def test_who_may_not_see_the_names_learns_none_by_trying(world: World) -> None:
    group = await world.meeting(3, sign=False)
    signed, unsigned, _ = group.members
    await world.do.groups.sign_declaration(signed, group.id, world.signature())
    for alias in ("member0", "Nobody's"):
        with pytest.raises(DeclarationNeeded):
            await world.do.groups.change_alias(unsigned, group.id, alias)
        for outsider in (world.coordinator, await world.registered()):
            with pytest.raises(GroupNotFound):
                await world.do.groups.change_alias(outsider, group.id, alias)


async def test_what_one_came_in_with_shows_the_new_alias_too(world: World) -> None:
    """Whoever gave their real name by mistake is rid of it wherever the others look."""
    group, code = await world.open_group(4)
    applicant, application = await world.applied(code, "Real Name")
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members)
    await world.do.admission.accept_entry(applicant, application.id, world.signature())
    await world.sign_all(group)
    await world.do.groups.change_alias(applicant, group.id, "Alke")
    seen = await world.do.admission.read_application(group.members[0], application.id)
    assert seen.alias == "Alke"
    listed = await world.do.admission.list_applications(group.members[0], group.id, FIRST_PAGE)
    assert "Real Name" not in {each.alias for each in listed.items}
    (mine,) = await world.do.admission.list_my_applications(applicant)
    assert mine.alias == "Alke"


async def say(world: World, who: Actor, application: ApplicationView, *said: str | None) -> ApplicationView:
    alias, introduction, *known_as = said
    return await world.do.admission.correct_application(
        who, application.id, alias or "", introduction or "", *known_as
    )


@pytest.mark.rule("C-10", "C-11", "A-07")
async def test_an_application_is_put_right_until_a_ballot_on_it_is_opened(world: World) -> None:
    group, code = await world.open_group(4)
    member = group.members[0]
    applicant, application = await world.applied(code)
    mine = await say(world, applicant, application, "Alke", "As I meant it.", "Hanne from the bakery")
    assert (mine.alias, mine.introduction, mine.known_as) == (
        "Alke", "As I meant it.", "Hanne from the bakery",
    )  # fmt: skip
    theirs = await world.do.admission.read_application(member, application.id)
    assert (theirs.alias, theirs.introduction, theirs.known_as) == (
        "Alke", "As I meant it.", "Hanne from the bakery",
    )  # fmt: skip
    await say(world, applicant, application, "Alke", "Once more.")
    theirs = await world.do.admission.read_application(member, application.id)
    assert (theirs.introduction, theirs.known_as) == ("Once more.", None)
    for other in (member, world.coordinator, await world.registered()):
        with pytest.raises(ApplicationNotFound):
            await say(world, other, application, "Mine", "Not theirs.")

    ballot = await world.admission(group, application)
    with pytest.raises(WordsStand):
        await say(world, applicant, application, "Alke", "Something else.")
    await world.vote(ballot, group.members[:1])
    world.forward(days=15)  # it lapses; but what was read was read
    with pytest.raises(WordsStand):
        await say(world, applicant, application, "Alke", "Something else.")
    theirs = await world.do.admission.read_application(member, application.id)
    assert theirs.introduction == "Once more."
    await world.do.admission.withdraw_application(applicant, application.id)
    with pytest.raises(ApplicationOver):
        await say(world, applicant, application, "Alke", "Something else.")
    anew = await world.do.admission.apply(
        applicant, world.organisation, code, "Alke", "As it should have been."
    )
    assert anew.introduction == "As it should have been."


@pytest.mark.hazard("B-26")
async def test_after_a_no_nothing_is_put_right(world: World) -> None:
    group, code = await world.open_group(4)
    applicant, application = await world.applied(code)
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members, Choice.AGAINST)
    with pytest.raises(ApplicationOver):
        await say(world, applicant, application, "Alke", "Something else.")
    unheard, waiting = await world.applied(code)
    world.forward(days=70)
    with pytest.raises(ApplicationOver):
        await say(world, unheard, waiting, "Alke", "Something else.")


async def held(
    world: World, note: str | None = "Quiet, and seems tired."
) -> tuple[Actor, Actor, AssessmentId]:
    """A conversation that has its outcome: who held it, whose it is."""
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    points = [Point(Criterion.LISTENS, Answer.UNCLEAR)] if note is not None else []
    await world.do.intake.complete_assessment(interviewer, assessment, Outcome.NOT_NOW, [], points, note)
    return interviewer, person, assessment


async def test_a_remark_stands_beside_what_was_written(world: World) -> None:
    interviewer, person, assessment = await held(world)
    do = world.do.intake
    await do.remark_on_assessment(person, assessment, "Not tired.")
    await do.remark_on_assessment(person, assessment, "Not tired: shy.")
    for who in (person, interviewer):
        seen = await do.read_assessment(who, assessment)
        assert (seen.note, seen.remark) == ("Quiet, and seems tired.", "Not tired: shy.")
    seen = await do.read_assessment(world.coordinator, assessment)
    assert (seen.note, seen.remark) == (None, None)
    data = await world.do.keeping.read_my_data(person)
    (texts,) = (each for each in data.sections if each.name == "assessment_text")
    assert ["Not tired: shy."] in [value for entry in texts.entries for value in entry.values]
    for other in (interviewer, world.coordinator, await world.registered()):
        with pytest.raises(AssessmentNotFound):
            await do.remark_on_assessment(other, assessment, "Mine.")
        with pytest.raises(AssessmentNotFound):
            await do.take_back_remark(other, assessment)
    for _ in range(2):
        await do.take_back_remark(person, assessment)
        assert (await do.read_assessment(interviewer, assessment)).remark is None
    assert (await do.read_assessment(interviewer, assessment)).note == "Quiet, and seems tired."


async def test_a_remark_goes_with_what_it_stands_beside(world: World) -> None:
    interviewer, person, assessment = await held(world)
    until = (await world.do.intake.read_assessment(person, assessment)).text_until
    world.forward(days=20)
    await world.do.intake.remark_on_assessment(person, assessment, "Not tired.")
    assert until is not None
    world.travel.by += until - world.now + timedelta(hours=1)
    seen = await world.do.intake.read_assessment(interviewer, assessment)
    assert (seen.note, seen.remark) == (None, None)
    with pytest.raises(NothingToRemarkOn):
        await world.do.intake.remark_on_assessment(person, assessment, "Not tired.")


async def test_there_is_no_remark_where_nothing_was_written(world: World) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    with pytest.raises(NothingToRemarkOn):
        await world.do.intake.remark_on_assessment(person, assessment, "Not tired.")
    _, somebody, wordless = await held(world, None)
    with pytest.raises(NothingToRemarkOn):
        await world.do.intake.remark_on_assessment(somebody, wordless, "Not tired.")
