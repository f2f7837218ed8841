"""Intake conversations: asked for by the person, held by one who is no friend, confided for a while."""

from dataclasses import fields

import pytest

from app.api.shared.operations import ALL
from app.domain.intake.assessment import AssessmentStage
from app.domain.intake.criteria import Answer, Criterion
from app.domain.intake.errors import (
    AppointmentInThePast,
    AssessmentCompleted,
    AssessmentNotFound,
    AssessmentUnderWay,
    ConflictOfInterest,
    ConversationNotOffered,
    CriteriaMissing,
    NotAnInterviewer,
    OnlyTheInterviewer,
)
from app.domain.intake.outcome import (
    ConversationRequired,
    IntakeNeeded,
    Outcome,
    OwnIntake,
    SignpostingNeeded,
)
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor
from app.domain.shared.frames import Form
from app.domain.shared.ids import AssessmentId
from app.services.intake.assessment_views import AssessmentView
from app.services.intake.confiding import Point
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.canaries import IN_MY_OWN_WORDS, marked
from tests.support.intake_world import appoint, appointed, asked, conversations, worker
from tests.support.world import World

PHONE_NUMBERS = {"113", "116 117", "116 123"}


async def complete(
    world: World, interviewer: Actor, assessment: AssessmentId, outcome: Outcome = Outcome.GROUP, *signs: str
) -> None:
    """The conversation has been held."""
    await world.do.intake.complete_assessment(
        interviewer, assessment, outcome, list(signs), [Point(Criterion.LISTENS, Answer.UNCLEAR)], "A note."
    )


async def read(world: World, who: Actor, assessment: AssessmentId) -> AssessmentView:
    return await world.do.intake.read_assessment(who, assessment)


@pytest.mark.rule("I-01", "I-02", "A-07", "I-04", "I-05", "I-06", "I-11")
async def test_i01_from_asking_to_a_place_in_a_group(world: World) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    with pytest.raises(ConversationRequired):
        await world.do.intake.declare_readiness(person, world.organisation)
    seen = await read(world, interviewer, assessment)
    assert (seen.stage, seen.own_words) == (AssessmentStage.APPOINTED, IN_MY_OWN_WORDS)
    await complete(world, interviewer, assessment)
    mine = await read(world, person, assessment)
    assert mine.outcome is not None
    assert (mine.stage, mine.outcome.outcome) == (AssessmentStage.COMPLETED, Outcome.GROUP)
    assert (mine.note, mine.points and mine.points[0].answer) == ("A note.", Answer.UNCLEAR)
    group = await world.do.groups.form_group(
        world.coordinator, world.organisation, Form.VIDEO, "Area", "nb", seats=5
    )
    assert await world.do.groups.invite_to_place(world.coordinator, group.id, person.person_id)


@pytest.mark.rule("I-01", "I-07")
async def test_the_three_modes(world: World) -> None:
    person = await world.registered()
    ask = world.do.intake.ask_for_conversation
    with pytest.raises(ConversationNotOffered):  # one's own declaration is enough
        await ask(person, world.organisation)
    await world.do.intake.declare_readiness(person, world.organisation)
    interviewer = await conversations(world, IntakeMode.CONVERSATION_OPTIONAL)  # both
    await world.do.intake.declare_readiness(person, world.organisation)
    await ask(person, world.organisation)
    await world.policy(intake_mode=IntakeMode.CONVERSATION_REQUIRED)  # the conversation alone
    group = await world.do.groups.form_group(
        world.coordinator, world.organisation, Form.VIDEO, "Area", "nb", seats=5
    )
    invite = world.do.groups.invite_to_place
    with pytest.raises(ConversationRequired):
        await invite(world.coordinator, group.id, person.person_id)
    (mine,) = await world.do.intake.list_my_assessments(person)
    await appoint(world, mine.id, interviewer)
    await complete(world, interviewer, mine.id)
    assert await invite(world.coordinator, group.id, person.person_id)


@pytest.mark.rule("I-02", "I-09", "P-17")
@pytest.mark.hazard("I-h7")
async def test_i09_no_point_decides_and_nothing_measures(world: World) -> None:
    interviewer = await conversations(world)
    for outcome, answer in ((Outcome.GROUP, Answer.UNCLEAR), (Outcome.NOT_NOW, Answer.YES)):
        _, assessment = await appointed(world, interviewer)
        points = [Point(each, answer) for each in Criterion]
        step = await world.do.intake.complete_assessment(interviewer, assessment, outcome, [], points)
        assert step.outcome is not None
        assert step.outcome.outcome is outcome
    assert {str(each) for each in Answer} == {"yes", "unclear"}


@pytest.mark.rule("I-09", "I-13", "P-17", "R-11", "C-10", "G-21")
def test_r11_no_way_in_asks_for_treatment_diagnosis_or_a_story() -> None:
    """No input of intake has such a field, and every free text of it may be left out."""
    forbidden = ("treat", "diagnos", "sever", "score", "referr", "therap", "medic", "national", "birth")
    mine = [each for each in ALL if each.feature == "intake"]
    assert len(mine) > 20
    for operation in mine:
        names = set(operation.takes.model_fields) if operation.takes else set()
        names |= {field.name for field in fields(operation.gives)}
        assert not [name for name in names for word in forbidden if word in name], operation.name
        assert "refer" not in operation.name
        for text in {"own_words", "note", "words"} & names:
            # Whoever remarks on what was written says something: the remark may be left out as a whole.
            if operation.name == "remark_on_assessment":
                continue
            if operation.takes is not None and text in operation.takes.model_fields:
                assert not operation.takes.model_fields[text].is_required()


@pytest.mark.rule("I-03")
async def test_i03_nobody_is_sent_away_empty_handed(world: World) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    with pytest.raises(SignpostingNeeded):
        await complete(world, interviewer, assessment, Outcome.OTHER_HELP)
    assert (await read(world, person, assessment)).stage is AssessmentStage.APPOINTED
    await complete(world, interviewer, assessment, Outcome.OTHER_HELP, "no_fastlege")
    with pytest.raises(AssessmentCompleted):
        await complete(world, interviewer, assessment)


@pytest.mark.rule("C-07")
async def test_c07_only_interviewers_who_have_signed_hold_conversations(world: World) -> None:
    await conversations(world)
    _, assessment = await asked(world)
    unsigned = await worker(world, Role.INTERVIEWER, signed=False)
    for nobody in (unsigned, await worker(world, Role.STARTER), await world.registered()):
        with pytest.raises(NotAnInterviewer):
            await appoint(world, assessment, nobody)
    unsigned_coordinator = await worker(world, Role.COORDINATOR, signed=False)
    with pytest.raises(StaffDeclarationNeeded):
        await read(world, unsigned_coordinator, assessment)
    with pytest.raises(NotStaff):
        await world.do.intake.list_assessments(world.administrator, world.organisation, FIRST_PAGE)


@pytest.mark.hazard("I-h8")
async def test_ih8_whoever_knows_the_person_neither_holds_nor_reads_it(world: World) -> None:
    known, other = await conversations(world), await worker(world, Role.INTERVIEWER)
    assert {
        each.person_id for each in await world.do.intake.list_interviewers(known, world.organisation)
    } == {
        known.person_id,
        other.person_id,
    }
    person, assessment = await asked(world, known=(known,))
    with pytest.raises(ConflictOfInterest):
        await appoint(world, assessment, known)
    await appoint(world, assessment, other)
    await world.do.intake.declare_conflict(other, assessment)
    assert (await read(world, person, assessment)).stage is AssessmentStage.ASKED
    for each in (known, other):
        with pytest.raises(AssessmentNotFound):
            await read(world, each, assessment)
        with pytest.raises(ConflictOfInterest):
            await appoint(world, assessment, each)
        assert not (await world.do.intake.list_assessments(each, world.organisation, FIRST_PAGE)).items
        with pytest.raises(ConflictOfInterest):
            await world.do.intake.record_outcome(
                each, world.organisation, person.person_id, Outcome.GROUP, []
            )
    await world.do.intake.name_known_interviewers(person, assessment, [])
    await appoint(world, assessment, known)  # the person's own word is theirs to take back
    with pytest.raises(ConflictOfInterest):
        await appoint(world, assessment, other)  # the interviewer's stays


async def test_ih8_naming_whoever_holds_it_releases_them_at_once(world: World) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await world.do.intake.name_known_interviewers(person, assessment, [interviewer.person_id])
    with pytest.raises(AssessmentNotFound):
        await complete(world, interviewer, assessment)


@pytest.mark.rule("I-01")
async def test_the_outcome_comes_from_whoever_holds_the_conversation(world: World) -> None:
    interviewer, other = await conversations(world), await worker(world, Role.INTERVIEWER)
    person, assessment = await appointed(world, interviewer)
    with pytest.raises(AssessmentNotFound):
        await complete(world, other, assessment)
    with pytest.raises(OnlyTheInterviewer):
        await complete(world, world.coordinator, assessment)
    with pytest.raises(AssessmentNotFound):
        await complete(world, person, assessment)
    record = world.do.intake.record_outcome
    with pytest.raises(OnlyTheInterviewer):
        await record(other, world.organisation, person.person_id, Outcome.GROUP, [])
    await record(interviewer, world.organisation, person.person_id, Outcome.GROUP, [])
    assert (await read(world, person, assessment)).stage is AssessmentStage.COMPLETED


async def test_nobody_holds_their_own_and_no_time_lies_behind(world: World) -> None:
    interviewer = await conversations(world)
    step = await world.do.intake.ask_for_conversation(interviewer, world.organisation)
    with pytest.raises(OwnIntake):
        await appoint(world, step.id, interviewer)
    _, assessment = await asked(world)
    with pytest.raises(AppointmentInThePast):
        await appoint(world, assessment, interviewer, -1)
    with pytest.raises(AssessmentUnderWay):
        await world.do.intake.ask_for_conversation(interviewer, world.organisation)


@pytest.mark.hazard("I-h4", "I-h5")
async def test_ih4_numbers_to_call_stand_beside_every_free_text_whatever_was_written(world: World) -> None:
    interviewer = await conversations(world)
    heard = []
    for words in ("I don't want to live any more.", "I like long walks.", None):
        person = await world.registered()
        step = await world.do.intake.ask_for_conversation(person, world.organisation, words)
        assert {each.phone for each in step.help} >= PHONE_NUMBERS
        heard.append([each.key for each in step.help])
    assert heard[0] == heard[1] == heard[2]  # nothing looks at the words
    guide = await world.do.intake.read_intake_guide(Actor(), world.organisation)
    assert guide.before_you_write
    assert {each.phone for each in guide.help} >= PHONE_NUMBERS
    del interviewer


@pytest.mark.hazard("I-h8", "I-h5")
async def test_the_person_reads_their_own_and_sees_who_else_did(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await read(world, interviewer, assessment)
    mine = await read(world, person, assessment)
    assert mine.readings is not None
    assert [each.reader for each in mine.readings] == [marked("Interviewer"), marked("Coordinator")]
    staff = await read(world, world.coordinator, assessment)
    assert (staff.own_words, staff.note, staff.points, staff.readings) == (None,) * 4
    rows = await look("select sealed from assessment_text where assessment_id = $1", assessment)
    assert rows
    assert not [row for row in rows if b"own words" in bytes(row["sealed"])]


@pytest.mark.hazard("I-h5")
async def test_words_end_at_their_time_and_the_outcome_outlives_them(world: World, look: Look) -> None:
    await world.policy(intake_mode=IntakeMode.CONVERSATION_REQUIRED, assessment_text_days=7)
    interviewer = await worker(world, Role.INTERVIEWER)
    person, assessment = await appointed(world, interviewer)
    await complete(world, interviewer, assessment)
    world.forward(days=6, hours=23)
    assert (await read(world, person, assessment)).note == "A note."
    world.forward(hours=2)
    mine = await read(world, person, assessment)
    assert (mine.own_words, mine.note, mine.points, mine.text_until) == (None, None, [], None)
    assert mine.outcome is not None
    asked_for = "select from assessment_text where assessment_id = $1"
    assert await look(asked_for, assessment)
    await world.service.purge_intake(world.organisation)
    assert not await look(asked_for, assessment)


@pytest.mark.hazard("I-h5")
async def test_words_go_with_a_place_in_a_group(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await complete(world, interviewer, assessment)
    group = await world.do.groups.form_group(
        world.coordinator, world.organisation, Form.VIDEO, "Area", "nb", seats=5
    )
    placement = await world.do.groups.invite_to_place(world.coordinator, group.id, person.person_id)
    assert (await read(world, interviewer, assessment)).note == "A note."
    await world.do.groups.accept_place(person, placement.id, "Alias")
    assert (await read(world, person, assessment)).note is None
    assert not await look("select from assessment_text where assessment_id = $1", assessment)


@pytest.mark.hazard("I-h10")
async def test_ih10_a_time_that_has_passed_a_new_one_and_in_the_end_all_is_gone(
    world: World, look: Look
) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    world.forward(days=3)
    assert (await read(world, person, assessment)).stage is AssessmentStage.TIME_PASSED
    await appoint(world, assessment, interviewer)
    assert (await read(world, person, assessment)).stage is AssessmentStage.APPOINTED
    world.forward(days=3)
    await world.do.intake.ask_for_another_time(person, assessment)
    assert (await read(world, person, assessment)).stage is AssessmentStage.ASKED
    world.forward(days=30)
    for who in (person, world.coordinator):
        with pytest.raises(AssessmentNotFound):
            await read(world, who, assessment)
    assert not await world.do.intake.list_my_assessments(person)
    await world.do.intake.ask_for_conversation(person, world.organisation)
    for table in ("assessment_text", "assessment_conflict"):
        assert not await look(f"select from {table} where assessment_id = $1", assessment)
    assert not await look("select from assessment where id = $1", assessment)


async def test_withdrawn_means_deleted(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    with pytest.raises(AssessmentNotFound):
        await world.do.intake.withdraw_assessment(interviewer, assessment)
    await world.do.intake.withdraw_assessment(person, assessment)
    assert not await look("select from assessment where id = $1", assessment)
    assert not await look("select from assessment_text where assessment_id = $1", assessment)


@pytest.mark.rule("I-04", "I-05", "I-07", "I-08", "A-07")
async def test_criteria_have_versions_and_some_are_left_to_nobody(world: World) -> None:
    await conversations(world)
    guide = await world.do.intake.read_intake_guide(Actor(), world.organisation)
    assert (guide.version, [each.key for each in guide.criteria]) == (1, list(Criterion))
    adopt = world.do.intake.adopt_criteria
    hard = [Criterion.SOBER, Criterion.OWN_CHOICE, Criterion.TAKES_RESPONSIBILITY]
    for left_out in hard:
        with pytest.raises(CriteriaMissing):
            await adopt(
                world.administrator, world.organisation, 1, [each for each in Criterion if each != left_out]
            )
    with pytest.raises(CriteriaMissing):
        await adopt(world.administrator, world.organisation, 1, [*hard, Criterion.SOBER])
    with pytest.raises(NotStaff):
        await adopt(world.coordinator, world.organisation, 1, hard)
    person, assessment = await asked(world)
    assert (await adopt(world.administrator, world.organisation, 1, hard)).version == 2
    assert (await read(world, person, assessment)).criteria_version == 1
    guide = await world.do.intake.read_intake_guide(Actor(), world.organisation)
    assert [each.key for each in guide.criteria] == hard


@pytest.mark.rule("I-02")
async def test_i02_an_outcome_that_says_no_opens_nothing(world: World) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await complete(world, interviewer, assessment, Outcome.NOT_NOW)
    group = await world.do.groups.form_group(
        world.coordinator, world.organisation, Form.VIDEO, "Area", "nb", seats=5
    )
    with pytest.raises(IntakeNeeded):
        await world.do.groups.invite_to_place(world.coordinator, group.id, person.person_id)


@pytest.mark.hazard("I-h9")
async def test_ih9_the_same_name_twice_is_two_people_and_nobody_finds_people_by_name(world: World) -> None:
    one, two = await world.registered("kari"), await world.registered("kari")
    assert one.person_id != two.person_id
    named = {"name", "chosen_name", "known_as"}
    for operation in ALL:
        asked_by = set(operation.filters.model_fields) if operation.filters is not None else set()
        assert not asked_by & named, operation.name


@pytest.mark.hazard("I-h8")
async def test_ih8_a_coordinator_who_knows_the_person_sees_nothing_of_it(world: World) -> None:
    both = await conversations(world)
    grant = world.do.organisations.grant_role
    await grant(world.administrator, world.organisation, both.person_id, Role.COORDINATOR)
    _, seen = await asked(world)
    assert await read(world, both, seen)
    _, hidden = await asked(world, known=(both,))
    with pytest.raises(AssessmentNotFound):
        await read(world, both, hidden)
    listed = await world.do.intake.list_assessments(both, world.organisation, FIRST_PAGE)
    assert [each.id for each in listed.items] == [seen]
