"""The repositories of volunteers load what was saved, and ask no more for many people than for few."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.errors import Stale
from app.domain.shared.ids import TrainingEntryId
from app.domain.volunteers.criteria import REQUIRED, QualityKey, VolunteerCriteria
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryContent,
    EntryKind,
    ExemptionReason,
    Module,
    TrainingEntry,
)
from app.domain.volunteers.volunteer import RecruitmentSource, Volunteer
from app.services.ports.paging import FIRST_PAGE
from tests.adapters.postgres.test_contracts import within
from tests.adapters.postgres.test_statement_counts import Ask, Counter
from tests.support.volunteers_world import trained
from tests.support.world import World

WHEN = datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


async def test_volunteer_and_record(world: World) -> None:
    person = (await world.registered()).person_id
    partner = (await world.registered()).person_id

    async def work(tx: PostgresUnitOfWork) -> None:
        for each in (partner, person):
            made = Volunteer(
                organisation_id=world.organisation,
                person_id=each,
                recruited_from=RecruitmentSource.PUBLIC_SERVICE,
                offered_at=WHEN,
            )
            assert await tx.volunteers.add(made)
            assert not await tx.volunteers.add(made)
            assert await tx.volunteers.lock(each) == made
        made.partner_id = partner
        made.partner_code_sha256, made.partner_code_expires_at = "a" * 64, WHEN + timedelta(days=1)
        await tx.volunteers.save(made)
        assert await tx.volunteers.lock(person) == made
        assert await tx.volunteers.partner_of(person) == partner
        assert await tx.volunteers.find_proposer("a" * 64) == person
        assert await tx.volunteers.find_proposer("b" * 64) is None
        entries: list[TrainingEntry] = []
        for content in (
            EntryContent(
                kind=EntryKind.CONVERSATION,
                happened_at=WHEN,
                outcome=ConversationOutcome.SUITED,
                criteria_version="1",
                qualities=REQUIRED["1"],
            ),
            EntryContent(kind=EntryKind.INTRODUCTION, happened_at=WHEN, module=Module.PRINCIPLES),
            EntryContent(
                kind=EntryKind.EXEMPTION,
                happened_at=WHEN,
                requirement=Continuing.NETWORK_MEETING,
                reason=ExemptionReason.EQUIVALENT_TRAINING,
                until=WHEN + timedelta(days=9),
            ),
        ):
            corrects = entries[-1].id if content.kind is EntryKind.EXEMPTION else None
            entry = TrainingEntry(
                id=TrainingEntryId(tx.new_id()),
                organisation_id=world.organisation,
                person_id=person,
                content=content if corrects is None else replace(content, corrects=corrects),
                recorded_by=world.coordinator.person_id,
                recorded_at=WHEN + timedelta(hours=len(entries)),
            )
            entries.append(entry)
            await tx.volunteers.append(entry)
        record = await tx.volunteers.record(person)
        assert sorted(record.entries, key=lambda each: each.recorded_at) == entries
        assert (record.offered_at, record.declared_at) == (WHEN, None)
        page = await tx.volunteer_reads.entries(person, FIRST_PAGE)
        assert [each.entry for each in page.items] == entries[::-1]
        assert [each.corrected_by for each in page.items] == [None, entries[2].id, None]
        facts = await tx.volunteer_reads.one(person)
        assert facts.volunteer == made
        assert facts.record.standing() == record.standing()

    await within(world, work)


async def test_lists_cost_the_same_for_few_and_for_many(world: World) -> None:
    counter = Counter()
    await counter.listen(world)
    do, where, who = world.do.volunteers, world.organisation, world.coordinator
    volunteer = await trained(world)
    transact: Any = world.do.groups.form_group.transact
    people = [volunteer.person_id]

    async def qualifications() -> Any:
        async def work(tx: Any) -> Any:
            return await tx.qualifications.of(people, await tx.read_clock())

        return await transact.read(who, where, work)

    asks: dict[str, Ask] = {
        "list_volunteers": lambda: do.list_volunteers(who, where, FIRST_PAGE),
        "list_outlook": lambda: do.list_outlook(who, where, FIRST_PAGE),
        "list_training": lambda: do.list_training(who, where, volunteer.person_id, FIRST_PAGE),
        "list_my_volunteering": lambda: do.list_my_volunteering(volunteer),
        "qualifications": qualifications,
    }
    few = {name: await counter.of(ask) for name, ask in asks.items()}
    people += [(await trained(world)).person_id for _ in range(3)]
    assert {name: await counter.of(ask) for name, ask in asks.items()} == few
    assert all(2 < count <= 8 for count in few.values()), few


async def test_criteria_by_version_and_by_instant(world: World) -> None:
    listens, frames = QualityKey.LISTENS, QualityKey.KEEPS_FRAMES
    second = VolunteerCriteria(
        organisation_id=world.organisation, version=2, required=(listens,), welcome=(frames,), adopted_at=WHEN
    )
    third = replace(
        second, version=3, required=(frames, listens), welcome=(), adopted_at=WHEN + timedelta(days=1)
    )

    async def work(tx: PostgresUnitOfWork) -> None:
        kept = tx.volunteer_criteria
        assert await kept.newest() is None
        for each in (second, third):
            await kept.add(each)
            assert await kept.newest() == each
            assert await kept.find(each.version) == each
        assert await kept.held_at(WHEN - timedelta(microseconds=1)) is None
        assert await kept.held_at(WHEN) == second
        assert await kept.held_at(third.adopted_at) == third
        assert await kept.find(4) is None

    async def again(tx: PostgresUnitOfWork) -> None:
        await tx.volunteer_criteria.add(third)

    await within(world, work)
    with pytest.raises(Stale):
        await within(world, again)
