"""Who has looked at what about whom: one entry for each access, written before the answer, seen by nobody else."""

from dataclasses import replace
from uuid import uuid4

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.domain.audit.entry import AccessedData, Deed
from app.domain.intake.errors import AssessmentNotFound
from app.domain.intake.outcome import Outcome
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.ids import NOBODY
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import SystemNotFound
from app.services.ports.paging import FIRST_PAGE, PageRequest
from app.settings import Settings
from tests.services.conftest import Look
from tests.services.test_interests import interested
from tests.support.canaries import marked
from tests.support.intake_world import appointed, asked, conversations
from tests.support.systems_world import let_in, machine
from tests.support.world import World

ABOUT = (
    "select actor_id, acting_as, deed, data, row_id, purpose, request_id from audit_entry"
    " where subject_id = $1 and deed in ('read', 'listed') order by occurred_at, id"
)


def in_request(actor: Actor, request: str) -> Actor:
    """The same person, in this request."""
    return replace(actor, mark=RequestMark(request_id=request))


@pytest.mark.hazard("I-h8", "P-h15")
async def test_every_reading_of_a_conversation_has_one_entry(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    before = len(await look(ABOUT, person.person_id))
    read = world.do.intake.read_assessment
    await read(interviewer, assessment)
    await read(person, assessment)
    with pytest.raises(AssessmentNotFound):
        await read(await world.registered("stranger"), assessment)
    found = [tuple(row)[:6] for row in await look(ABOUT, person.person_id)][before:]
    assert found == [
        (interviewer.person_id, "interviewer", "read", "assessment", assessment, "intake"),
        (person.person_id, "oneself", "read", "assessment", assessment, "own_affairs"),
    ]


async def test_a_request_that_is_tried_again_is_one_access_and_another_is_another(
    world: World, look: Look
) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    before = len(await look(ABOUT, person.person_id))
    first, second = str(uuid4()), str(uuid4())
    for request in (first, first, second, first):
        await world.do.intake.read_assessment(in_request(interviewer, request), assessment)
    rows = (await look(ABOUT, person.person_id))[before:]
    assert [str(row["request_id"]) for row in rows] == [first, second]
    world.forward(days=1)  # an id that is used again and again hides nothing
    await world.do.intake.read_assessment(in_request(person, first), assessment)
    assert len(await look(ABOUT, person.person_id)) == before + 3


@pytest.mark.hazard("P-h15")
async def test_whoever_is_listed_sees_that_they_were(world: World, look: Look) -> None:
    interviewer = await conversations(world)
    people = [await appointed(world, interviewer) for _ in range(2)]
    other, _ = await asked(world)
    await world.do.intake.list_assessments(interviewer, world.organisation, FIRST_PAGE)
    for person, assessment in people:
        row = (await look(ABOUT, person.person_id))[-1]
        assert (row["acting_as"], row["deed"], row["data"]) == ("interviewer", "listed", "assessment_summary")
        assert row["row_id"] == assessment
    assert await look(ABOUT, other.person_id) == []
    keen = await interested(world)
    await world.do.intake.list_interests(world.coordinator, world.organisation, FIRST_PAGE)
    assert (await look(ABOUT, keen.person_id))[-1]["data"] == AccessedData.INTEREST


async def test_the_services_role_can_add_and_nothing_else(world: World, settings: Settings) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await world.do.intake.read_assessment(interviewer, assessment)
    connection = await asyncpg.connect(database_urls(settings, settings.secret_value()).app)
    try:
        for statement in (
            "update audit_entry set deed = 'listed'",
            "delete from audit_entry",
            "truncate audit_entry",
            "select request_id from audit_entry",
            "insert into audit_entry (id, recorded_at) values (gen_random_uuid(), now())",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)

        async def seen_by(someone: Actor) -> int:
            async with connection.transaction():
                await connection.fetchval("select enter($1, $2)", someone.person_id, world.organisation)
                return int(await connection.fetchval("select count(*) from audit_entry where data <> 'role'"))

        assert await seen_by(person) > 0
        # Not the reader's own readings either: what is about others is for the others.
        assert await seen_by(interviewer) == await seen_by(world.administrator) == 0
    finally:
        await connection.close()


async def deeds(world: World, who: Actor) -> list[tuple[str, str, str, str | None]]:
    """What somebody's own view says, the newest first."""
    page = await world.do.people.list_my_accesses(who, FIRST_PAGE)
    return [(each.acting_as, each.deed, each.data_class, each.who) for each in page.items]


@pytest.mark.hazard("P-h15")
async def test_a_person_sees_who_has_looked_and_nobody_elses(world: World) -> None:
    interviewer = await conversations(world)
    person, assessment = await appointed(world, interviewer)
    await world.do.intake.read_assessment(interviewer, assessment)
    await world.do.intake.read_assessment(person, assessment)
    own = await world.do.people.list_my_accesses(person, PageRequest(limit=2))
    assert own.after is not None
    more = await world.do.people.list_my_accesses(person, PageRequest(limit=2, after=own.after))
    assert len({each.id for each in (*own.items, *more.items)}) == len(own.items) + len(more.items)
    assert {each.organisation_id for each in own.items} == {world.organisation}
    seen = await deeds(world, person)
    assert seen[:2] == [
        ("oneself", "read", "assessment", marked("Asking")),
        ("interviewer", "read", "assessment", marked("Interviewer")),
    ]
    assert ("coordinator", "assigned", "assessment", marked("Coordinator")) in seen
    assert [deed for deed in await deeds(world, interviewer) if deed[2] != "role"] == []
    with pytest.raises(PersonNeeded):
        await world.do.people.list_my_accesses(Actor(), FIRST_PAGE)


async def test_what_staff_changes_is_noted_with_the_change_and_only_with_it(world: World, look: Look) -> None:
    somebody = await world.registered()
    grant, revoke = world.do.organisations.grant_role, world.do.organisations.revoke_role
    for _ in range(2):  # a second time changes nothing
        await grant(world.administrator, world.organisation, somebody.person_id, Role.STARTER)
    for _ in range(2):
        await revoke(world.administrator, world.organisation, somebody.person_id, Role.STARTER)
    with pytest.raises(NotStaff):
        await grant(somebody, world.organisation, somebody.person_id, Role.COORDINATOR)
    assert await deeds(world, somebody) == [
        ("administrator", "revoked", "role", "Admin"),
        ("administrator", "granted", "role", "Admin"),
    ]
    await world.do.intake.record_outcome(
        world.coordinator, world.organisation, somebody.person_id, Outcome.GROUP, []
    )
    assert (await deeds(world, somebody))[0] == (
        "coordinator",
        "recorded",
        "intake_outcome",
        marked("Coordinator"),
    )
    rows = await look(
        "select acting_as from audit_entry where organisation_id = $1 and data = 'policy'", world.organisation
    )
    before = len(rows)
    await world.policy(intake_mode=IntakeMode.CONVERSATION_OPTIONAL)
    rows = await look(
        "select acting_as from audit_entry where organisation_id = $1 and data = 'policy'", world.organisation
    )
    assert [row["acting_as"] for row in rows[before:]] == ["administrator"]


async def test_each_copy_of_ones_own_data_has_one_entry(world: World, look: Look) -> None:
    """Also where it is made in two organisations: whoever has taken over a login shows up in it."""
    elsewhere = await World(world.service, world.travel).begin()
    somebody = await world.registered()
    await elsewhere.do.organisations.register(somebody, elsewhere.organisation, "Somebody")
    request = str(uuid4())
    for _ in range(2):
        await world.do.keeping.read_my_data(in_request(somebody, request))
    await world.do.keeping.read_my_data_in_words(somebody)
    rows = await look(
        "select organisation_id, deed, data, acting_as, ended from audit_entry where subject_id = $1",
        somebody.person_id,
    )
    assert [tuple(row) for row in rows] == [(NOBODY, "exported", "personal_copy", "oneself", "done")] * 2
    mine = (await world.do.people.list_my_accesses(somebody, FIRST_PAGE)).items
    assert {(each.organisation_id, each.deed) for each in mine} == {(None, Deed.EXPORTED)}
    others = (await world.do.people.list_my_accesses(world.coordinator, FIRST_PAGE)).items
    assert Deed.EXPORTED not in {each.deed for each in others}


async def test_what_administrators_do_with_systems_is_noted(world: World, look: Look) -> None:
    account = await let_in(world, machine(f"noted-{world.organisation}"))
    change = (account.name, account.purpose, [SystemScope.STATISTICS_READ], account.expires_at)
    await world.do.systems.change_system(world.administrator, account.id, account.version, *change)
    for _ in range(2):  # a second time changes nothing
        await world.do.systems.revoke_system(world.administrator, account.id)
    with pytest.raises(SystemNotFound):
        await world.do.systems.revoke_system(world.coordinator, account.id)
    rows = await look(
        "select deed, acting_as, subject_id from audit_entry where row_id = $1 and data = 'service_account'"
        " order by occurred_at, id",
        account.id,
    )
    assert [tuple(row) for row in rows] == [
        (deed, "administrator", None) for deed in ("granted", "changed", "revoked")
    ]


async def test_nothing_of_what_happens_inside_a_group_is_in_the_log(world: World, look: Look) -> None:
    made, code = await world.open_group()
    await world.admitted(made, code)
    listed = {each.value for each in AccessedData}
    assert not {word for word in listed if word in ("ballot", "vote", "membership", "attendance", "group")}
    rows = await look(
        "select deed, data from audit_entry where organisation_id = $1 and (row_id = $2 or subject_id = any($3))"
        " and data <> 'intake_outcome' and acting_as <> 'oneself'",
        world.organisation,
        made.id,
        [each.person_id for each in made.members],
    )
    assert rows == []
