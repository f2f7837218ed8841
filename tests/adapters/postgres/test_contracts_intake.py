"""What is kept before a group is loaded as it was saved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.intake.assessment import Appointment, Assessment, NamedBy
from app.domain.intake.criteria import CriteriaVersion, Criterion
from app.domain.intake.errors import AssessmentNotFound
from app.domain.intake.interest import Company, Interest, Wishes
from app.domain.intake.outcome import IntakeOutcome, Method, Outcome
from app.domain.intake.recommendation import Recommendation
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import AssessmentId, IntakeOutcomeId, PersonId, RecommendationId
from app.services.ports.paging import FIRST_PAGE
from tests.adapters.postgres.test_contracts import LATER, WHEN, within
from tests.support.world import World


async def test_interest(world: World) -> None:
    person = await world.registered()

    async def work(tx: PostgresUnitOfWork) -> None:
        wishes = Wishes(
            theme="Theme",
            forms=(Form.VIDEO, Form.PHONE),
            area="Area",
            weekdays=(Weekday.SUNDAY, Weekday.MONDAY),
            language="se",
            company=(Company.MEN, Company.OLDER_ADULTS),
        )
        made = Interest(
            organisation_id=world.organisation,
            person_id=person.person_id,
            wishes=wishes,
            registered_at=WHEN,
            kept_until=LATER,
            has_private_wish=False,
        )
        await tx.interests.put(made)
        assert await tx.interests.find(person.person_id) == made
        await tx.interests.seal_private_wish(person.person_id, b"sealed")
        assert await tx.interests.private_wish(person.person_id) == b"sealed"
        found = await tx.interests.find(person.person_id)
        assert found is not None
        assert found.has_private_wish
        await tx.interests.remove(person.person_id)
        assert await tx.interests.find(person.person_id) is None

    await within(world, work)


async def test_recommendation(world: World) -> None:
    person = await world.registered("person")

    async def work(tx: PostgresUnitOfWork) -> None:
        receipt = Recommendation(
            id=RecommendationId(tx.new_id()),
            organisation_id=world.organisation,
            giver_id=person.person_id,
            how_many=2,
            given_at=WHEN,
            expires_at=LATER,
        )
        await tx.recommendations.add(receipt, [b"1" * 32, b"2" * 32])
        assert (await tx.intake_reads.receipts([person.person_id], FIRST_PAGE)).items == [receipt]
        assert not await tx.recommendations.use(b"1" * 32, LATER)
        assert await tx.recommendations.use(b"1" * 32, WHEN)
        assert not await tx.recommendations.use(b"1" * 32, WHEN)

    await within(world, work)


def an_outcome(world: World, number: IntakeOutcomeId, person: PersonId, **changes: object) -> IntakeOutcome:
    made = IntakeOutcome(
        id=number,
        organisation_id=world.organisation,
        person_id=person,
        outcome=Outcome.OTHER_HELP,
        method=Method.CONVERSATION,
        recorded_by=world.coordinator.person_id,
        signposted_to=("one", "two"),
        recorded_at=WHEN,
        valid_until=LATER,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


async def test_assessment(world: World) -> None:
    person, other = (await world.registered("person")).person_id, (await world.registered("other")).person_id
    holder = world.coordinator.person_id

    async def work(tx: PostgresUnitOfWork) -> None:
        made = Assessment(
            id=AssessmentId(tx.new_id()),
            organisation_id=world.organisation,
            person_id=person,
            criteria_version=3,
            asked_at=WHEN,
            kept_until=LATER,
            appointment=None,
            completed_at=None,
            outcome_id=None,
            known={other: NamedBy.PERSON},
            version=1,
        )
        await tx.assessments.add(made)
        assert await tx.assessments.lock(made.id) == made
        made.known[holder] = NamedBy.INTERVIEWER
        made.version = 2
        await tx.assessments.save(made)
        assert await tx.assessments.lock(made.id) == made
        made.known.pop(holder)
        made.appointment = Appointment(
            interviewer_id=holder, starts_at=LATER, form=Form.PHONE, place="116 123"
        )
        await tx.assessments.save(made)
        assert await tx.assessments.lock_live(person) == made
        assert await tx.assessments.lock_live(other) is None
        outcome = an_outcome(world, IntakeOutcomeId(tx.new_id()), person)
        await tx.intake_outcomes.add(outcome)
        made.completed_at, made.outcome_id = WHEN, outcome.id
        await tx.assessments.save(made)
        assert await tx.assessments.lock(made.id) == made
        assert await tx.assessments.lock_live(person) is None
        await tx.assessments.remove(made.id)
        with pytest.raises(AssessmentNotFound):
            await tx.assessments.lock(made.id)

    await within(world, work)


async def test_what_is_confided_stands_by_its_kind_until_its_time(world: World) -> None:
    person = (await world.registered("person")).person_id

    async def work(tx: PostgresUnitOfWork) -> None:
        number = AssessmentId(tx.new_id())
        made = Assessment(
            id=number,
            organisation_id=world.organisation,
            person_id=person,
            criteria_version=1,
            asked_at=WHEN,
            kept_until=LATER,
            appointment=None,
            completed_at=None,
            outcome_id=None,
            version=1,
        )
        await tx.assessments.add(made)
        await tx.assessments.confide(number, "own_words", b"first", LATER)
        await tx.assessments.confide(number, "own_words", b"second", LATER)
        await tx.assessments.confide(number, "note", b"note", WHEN)
        assert await tx.assessments.confided(number, WHEN) == {"own_words": (b"second", LATER)}
        assert await tx.assessments.confided(number, LATER) == {}

    await within(world, work)


async def test_criteria(world: World) -> None:
    async def work(tx: PostgresUnitOfWork) -> None:
        assert await tx.intake_criteria.newest() is None
        hard = (Criterion.SOBER, Criterion.OWN_CHOICE, Criterion.TAKES_RESPONSIBILITY)
        for version, criteria in ((2, tuple(Criterion)), (3, hard)):
            made = CriteriaVersion(
                organisation_id=world.organisation, version=version, criteria=criteria, adopted_at=WHEN
            )
            await tx.intake_criteria.add(made)
            assert await tx.intake_criteria.newest() == made

    await within(world, work)


async def test_outcomes_of_everybody_with_a_place(world: World) -> None:
    group = await world.forming(3)
    left, again, _ = (each.person_id for each in group.members)
    await world.do.groups.leave_group(group.members[0], group.id)

    async def work(tx: PostgresUnitOfWork) -> None:
        now = world.now
        later = an_outcome(
            world,
            IntakeOutcomeId(tx.new_id()),
            again,
            recorded_at=now,
            valid_until=now + timedelta(days=30),
        )
        await tx.intake_outcomes.add(later)
        found = await tx.intake_outcomes.of_members(group.id)
        assert len(found) == 2
        assert later in found
        assert left not in {each.person_id for each in found if each is not None}
        assert await tx.intake_outcomes.latest(again) == later

    await within(world, work)
