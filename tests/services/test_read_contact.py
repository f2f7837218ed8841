"""How somebody is reached about their conversation: by whoever holds or arranges it, while they consent, never unseen."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.domain.intake.errors import AssessmentCompleted, AssessmentNotFound
from app.domain.intake.outcome import Outcome
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import Role
from app.domain.people.consent import Purpose
from app.domain.people.contact import ContactKind
from app.domain.shared.actor import Actor
from app.domain.shared.assurance import Assurance
from app.domain.shared.errors import StepUpNeeded
from app.domain.shared.ids import AssessmentId
from app.services.ports.paging import FIRST_PAGE
from app.settings import Settings
from tests.services.conftest import Look
from tests.services.test_access_log import ABOUT, in_request
from tests.support.canaries import marked
from tests.support.consents_world import consented
from tests.support.intake_world import appoint, appointed, asked, conversations, worker
from tests.support.world import World

NUMBER = "+4791234567"
WAITS = "select exists (select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid)))"
REQUEST = "5b5c4a2e-6b3c-4f5e-8f0a-2b7f6a1d9c30"


async def reached(world: World, person: Actor) -> None:
    """They want to be reached about it, by telephone."""
    await consented(world, person, Purpose.CONTACT_ABOUT_INTAKE)
    await world.do.people.keep_contact(person, world.organisation, ContactKind.TELEPHONE, NUMBER)


async def ways(world: World, who: Actor, assessment: AssessmentId) -> list[str]:
    seen = await world.do.intake.read_contact(who, assessment)
    return [each.value for each in seen.ways]


@pytest.mark.hazard("P-h15")
async def test_each_look_has_one_entry_and_the_person_sees_it(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await reached(world, person)
    before = len(await look(ABOUT, person.person_id))
    for who in (interviewer, world.coordinator, person):
        assert await ways(world, who, assessment) == [NUMBER]
    for _ in range(2):  # tried again: the same look
        await ways(world, in_request(interviewer, REQUEST), assessment)
    for outsider in (await world.registered(), await worker(world, Role.INTERVIEWER), world.administrator):
        with pytest.raises(AssessmentNotFound):
            await ways(world, outsider, assessment)
    found = [tuple(row)[:6] for row in await look(ABOUT, person.person_id)][before:]
    assert found == [
        (who.person_id, acting_as, "read", "contact_channel", assessment, purpose)
        for who, acting_as, purpose in (
            (interviewer, "interviewer", "intake"),
            (world.coordinator, "coordinator", "intake"),
            (person, "oneself", "own_affairs"),
            (interviewer, "interviewer", "intake"),
        )
    ]
    mine = (await world.do.people.list_my_accesses(person, FIRST_PAGE)).items[0]
    assert (mine.data_class, mine.who) == ("contact_channel", marked("Interviewer"))


async def test_without_just_this_consent_there_is_nothing_and_the_look_is_noted(
    world: World, look: Look
) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    assert await ways(world, interviewer, assessment) == []
    await consented(world, person, Purpose.CONTACT_ABOUT_GROUP)
    await world.do.people.keep_contact(person, world.organisation, ContactKind.TELEPHONE, NUMBER)
    assert await ways(world, interviewer, assessment) == []
    await consented(world, person, Purpose.CONTACT_ABOUT_INTAKE)
    assert await ways(world, interviewer, assessment) == [NUMBER]
    await world.do.people.withdraw_consent(person, world.organisation, Purpose.CONTACT_ABOUT_INTAKE)
    assert await ways(world, interviewer, assessment) == []
    rows = [row for row in await look(ABOUT, person.person_id) if row["data"] == "contact_channel"]
    assert len(rows) == 4


@pytest.mark.hazard("P-h13")
async def test_a_protected_person_is_reached_by_nobody(world: World) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await reached(world, person)
    await world.do.people.protect_my_identity(person)
    for who in (interviewer, world.coordinator):
        assert await ways(world, who, assessment) == []


@pytest.mark.hazard("I-h8")
async def test_until_the_conversation_is_over_and_for_nobody_who_knows_them(world: World) -> None:
    interviewer, friend = await conversations(world), await worker(world, Role.COORDINATOR)
    person, assessment = await asked(world, known=(friend,))
    await reached(world, person)
    with pytest.raises(AssessmentNotFound):
        await ways(world, friend, assessment)
    with pytest.raises(AssessmentNotFound):  # not theirs yet
        await ways(world, interviewer, assessment)
    await appoint(world, assessment, interviewer)
    assert await ways(world, interviewer, assessment) == [NUMBER]
    await world.do.intake.complete_assessment(interviewer, assessment, Outcome.NOT_NOW, [], [])
    for who in (interviewer, world.coordinator):
        with pytest.raises(AssessmentCompleted):
            await ways(world, who, assessment)


@pytest.mark.rule("C-07")
async def test_staff_look_with_a_strong_login_and_a_promise(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await reached(world, person)
    before = len(await look(ABOUT, person.person_id))
    for who in (interviewer, world.coordinator):
        with pytest.raises(StepUpNeeded):
            await ways(world, replace(who, assurance=Assurance.LOW), assessment)
    with pytest.raises(StaffDeclarationNeeded):
        await ways(world, await worker(world, Role.COORDINATOR, signed=False), assessment)
    assert len(await look(ABOUT, person.person_id)) == before
    assert await ways(world, replace(person, assurance=Assurance.LOW), assessment) == [NUMBER]


async def test_taken_back_is_taken_back_whoever_looks_meanwhile(world: World, settings: Settings) -> None:
    """Where the number is still kept for something else: a look waits for a withdrawal that is on its way."""
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await consented(world, person, Purpose.CONTACT_ABOUT_GROUP)
    await reached(world, person)
    connection = await asyncpg.connect(database_urls(settings, settings.secret_value()).app)
    try:
        async with connection.transaction():  # as `withdraw_consent` does
            await connection.execute("select enter($1, $2)", person.person_id, world.organisation)
            await connection.execute(
                "select from registration where person_id = $1 for update", person.person_id
            )
            await connection.execute(
                "update consent set withdrawn_at = given_at where person_id = $1 and purpose = $2",
                person.person_id,
                Purpose.CONTACT_ABOUT_INTAKE,
            )
            looking = asyncio.create_task(ways(world, interviewer, assessment))
            async with asyncio.timeout(5):
                while not looking.done() and not await connection.fetchval(WAITS):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
        assert await looking == []
    finally:
        await connection.close()
