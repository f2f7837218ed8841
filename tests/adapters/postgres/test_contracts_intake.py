"""What is kept before a group is loaded as it was saved."""

from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.intake.interest import Company, Interest, Wishes
from app.domain.intake.reading import IntakeReading, WhatWasRead
from app.domain.intake.recommendation import Recommendation
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import IntakeReadingId, RecommendationId
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


async def test_recommendation_and_reading(world: World) -> None:
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
        assert (await tx.intake_reads.receipts(person.person_id, FIRST_PAGE)).items == [receipt]
        assert not await tx.recommendations.use(b"1" * 32, LATER)
        assert await tx.recommendations.use(b"1" * 32, WHEN)
        assert not await tx.recommendations.use(b"1" * 32, WHEN)
        reading = IntakeReading(
            id=IntakeReadingId(tx.new_id()),
            organisation_id=world.organisation,
            person_id=person.person_id,
            reader_id=world.coordinator.person_id,
            what=WhatWasRead.ASSESSMENT,
            read_at=WHEN,
        )
        await tx.intake_readings.note(reading)
        (seen,) = await tx.intake_readings.about(person.person_id, WhatWasRead.ASSESSMENT)
        assert (seen.reader, seen.what, seen.read_at) == ("Coordinator", reading.what, WHEN)

    await within(world, work)
