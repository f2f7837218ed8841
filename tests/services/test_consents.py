"""Consents: one purpose each, a receipt for each, taken back in one call, and what follows from that at once."""

from dataclasses import replace
from uuid import uuid4

import asyncpg
import pytest

from app.bootstrap import database_urls
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import Choice
from app.domain.groups.errors import GroupNotFound
from app.domain.organisations.organisation import NotRegistered
from app.domain.people.consent import (
    CLASSES,
    ConsentNeeded,
    ConsentNotFound,
    ConsentTextChanged,
    Purpose,
)
from app.domain.people.contact import ContactKind, ContactNotFound
from app.services.ports.paging import FIRST_PAGE, PageRequest
from app.settings import Settings
from tests.services.conftest import Look
from tests.support.canaries import IN_MY_OWN_WORDS
from tests.support.consents_world import consented, read_text
from tests.support.world import World

GROUP, INTAKE = Purpose.CONTACT_ABOUT_GROUP, Purpose.CONTACT_ABOUT_INTAKE


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_a_receipt_says_who_what_for_under_which_words_when_and_how(
    world: World, purpose: Purpose
) -> None:
    somebody = await world.registered()
    given = await consented(world, somebody, purpose)
    text = read_text(world, purpose)
    organisation = await world.do.organisations.read_organisation(somebody, world.organisation)
    assert (given.controller_id, given.controller) == (world.organisation, organisation.name)
    assert (given.purpose, tuple(given.data_classes)) == (purpose, CLASSES[purpose])
    assert (given.text_version, given.language, given.text_sha256) == (
        text.text_version,
        text.language,
        text.text_sha256,
    )
    assert (given.method, given.withdrawn_at, given.stands) == ("in_app", None, True)
    assert await world.do.people.read_consent(somebody, given.id) == given


async def test_nobody_consents_to_words_that_they_have_not_read(world: World) -> None:
    somebody = await world.registered()
    read = read_text(world, GROUP)
    for other in (
        replace(read, text_sha256="0" * 64),
        replace(read, text_version="0"),
        replace(read, language="da"),
        read_text(world, INTAKE),
    ):
        with pytest.raises(ConsentTextChanged):
            await world.do.people.give_consent(somebody, world.organisation, GROUP, other)
    assert not (await world.do.people.list_my_consents(somebody, world.organisation, FIRST_PAGE)).items


async def test_history_grows_and_is_never_edited(world: World) -> None:
    somebody = await world.registered()
    first = await consented(world, somebody, GROUP)
    assert (await consented(world, somebody, GROUP)).id == first.id
    danish = await world.do.people.give_consent(
        somebody, world.organisation, GROUP, read_text(world, GROUP, "da")
    )
    taken = await world.do.people.withdraw_consent(somebody, world.organisation, GROUP)
    assert taken.receipt is not None
    assert taken.receipt.id == danish.id
    again = await world.do.people.withdraw_consent(somebody, world.organisation, GROUP)
    assert again.receipt is None
    anew = await consented(world, somebody, GROUP)
    found, page = [], PageRequest(limit=2)
    for _ in range(2):
        seen = await world.do.people.list_my_consents(somebody, world.organisation, page)
        found += seen.items
        page = PageRequest(limit=2, after=seen.after)
    assert [each.id for each in found] == [anew.id, danish.id, first.id]
    assert [each.stands for each in found] == [True, False, False]
    assert (await world.do.people.read_consent(somebody, first.id)).given_at == first.given_at


async def test_a_withdrawn_consent_stays_withdrawn_in_the_database_too(
    world: World, settings: Settings
) -> None:
    somebody = await world.registered()
    given = await consented(world, somebody, GROUP)
    await world.do.people.withdraw_consent(somebody, world.organisation, GROUP)
    connection = await asyncpg.connect(database_urls(settings, settings.secret_value()).app)
    try:
        entered = f"begin; select set_config('app.organisation', '{world.organisation}', true)"
        for change, refused in (
            ("withdrawn_at = null", asyncpg.CheckViolationError),
            ("given_at = now()", asyncpg.InsufficientPrivilegeError),
        ):
            await connection.execute(entered)
            with pytest.raises(refused):
                await connection.execute(f"update consent set {change} where id = $1", given.id)
            await connection.execute("rollback")
    finally:
        await connection.close()


async def test_receipts_are_for_their_person_alone(world: World) -> None:
    somebody, other = await world.registered(), await world.registered("other")
    given = await consented(world, somebody, GROUP)
    for who in (other, world.coordinator, world.administrator):
        for receipt in (given.id, type(given.id)(str(uuid4()))):
            with pytest.raises(ConsentNotFound):
                await world.do.people.read_consent(who, receipt)
    stranger = await world.person("stranger")
    for use in (
        world.do.people.list_my_contacts,
        lambda *who: world.do.people.list_my_consents(*who, FIRST_PAGE),
    ):
        with pytest.raises(NotRegistered):
            await use(stranger, world.organisation)
    with pytest.raises(NotRegistered):
        await consented(world, stranger, GROUP)
    with pytest.raises(NotRegistered):
        await world.do.people.withdraw_consent(stranger, world.organisation, GROUP)


async def test_a_contact_rests_on_a_consent_and_goes_with_the_last(world: World, look: Look) -> None:
    somebody = await world.registered()
    do = world.do.people
    with pytest.raises(ConsentNeeded):
        await do.keep_contact(somebody, world.organisation, ContactKind.EMAIL, "me@example.org")
    await consented(world, somebody, Purpose.TAKING_PART)
    with pytest.raises(ConsentNeeded):
        await do.keep_contact(somebody, world.organisation, ContactKind.EMAIL, "me@example.org")
    group, intake = await consented(world, somebody, GROUP), await consented(world, somebody, INTAKE)
    kept = await do.keep_contact(somebody, world.organisation, ContactKind.EMAIL, "me@example.org")
    assert set(kept.rests_on) == {group.id, intake.id}
    await do.keep_contact(somebody, world.organisation, ContactKind.EMAIL, "Distinctive@example.org")
    await do.keep_contact(somebody, world.organisation, ContactKind.TELEPHONE, "912 34 567")
    mine = await do.list_my_contacts(somebody, world.organisation)
    assert [each.value for each in mine] == ["Distinctive@example.org", "91234567"]
    rows = await look("select sealed from contact where person_id = $1", somebody.person_id)
    assert len(rows) == 2
    assert not any(b"istinctive" in bytes(row["sealed"]) for row in rows)
    assert (await do.withdraw_consent(somebody, world.organisation, GROUP)).contacts_removed == 0
    assert len(await do.list_my_contacts(somebody, world.organisation)) == 2
    assert (await do.withdraw_consent(somebody, world.organisation, INTAKE)).contacts_removed == 2
    assert await do.list_my_contacts(somebody, world.organisation) == []
    assert not await look("select from contact where person_id = $1", somebody.person_id)


async def test_a_contact_is_taken_away_by_itself(world: World) -> None:
    somebody = await world.registered()
    await consented(world, somebody, GROUP)
    await world.do.people.keep_contact(somebody, world.organisation, ContactKind.TELEPHONE, "+4791234567")
    await world.do.people.remove_contact(somebody, world.organisation, ContactKind.TELEPHONE)
    assert await world.do.people.list_my_contacts(somebody, world.organisation) == []
    for who in (somebody, await world.registered("other"), await world.person("stranger")):
        with pytest.raises(ContactNotFound):
            await world.do.people.remove_contact(who, world.organisation, ContactKind.TELEPHONE)


@pytest.mark.rule("C-10", "C-11")
async def test_an_introduction_is_hidden_as_soon_as_its_writer_says_so(world: World) -> None:
    group, code = await world.open_group()
    applicant, application = await world.applied(code)
    member, shows = group.members[0], Purpose.INTRODUCTION_TO_GROUP
    read = world.do.admission.read_application
    assert (await read(member, application.id)).introduction == IN_MY_OWN_WORDS
    await consented(world, applicant, shows)
    assert (await read(member, application.id)).introduction == IN_MY_OWN_WORDS
    await world.do.people.withdraw_consent(applicant, world.organisation, shows)
    seen = await read(member, application.id)
    assert (seen.introduction, seen.known_as, seen.alias) == (None, None, "Newcomer")
    listed = await world.do.admission.list_applications(member, group.id, FIRST_PAGE)
    assert [each.introduction for each in listed.items] == [None]
    assert (await read(applicant, application.id)).introduction == IN_MY_OWN_WORDS
    await consented(world, applicant, shows)
    assert (await read(member, application.id)).introduction == IN_MY_OWN_WORDS


@pytest.mark.rule("G-18")
@pytest.mark.hazard("P-h11", "B-03")
async def test_ph11_without_consent_to_take_part_one_has_left(world: World) -> None:
    group, code = await world.open_group(4, seats=8)
    _, application = await world.applied(code)
    ballot = await world.admission(group, application)
    leaver, *others = group.members
    await world.vote(ballot, [leaver], Choice.AGAINST)
    forming = await world.forming(1)
    lone = forming.members[0]
    await consented(world, leaver, Purpose.TAKING_PART)
    taken = await world.do.people.withdraw_consent(leaver, world.organisation, Purpose.TAKING_PART)
    assert taken.left_groups == [group.id]
    assert "erased" in taken.message
    with pytest.raises(GroupNotFound):
        await world.do.meetings.list_meetings(leaver, group.id, FIRST_PAGE)
    seen = await world.vote(ballot, others)
    assert seen.status is BallotStatus.ADOPTED  # the vote against was removed unopened
    # Said where no consent had been recorded by itself, it means the same; and others' groups stay as they are.
    taken = await world.do.people.withdraw_consent(lone, world.organisation, Purpose.TAKING_PART)
    assert (taken.left_groups, taken.receipt) == ([forming.id], None)
    assert (
        await world.do.people.withdraw_consent(lone, world.organisation, Purpose.TAKING_PART)
    ).left_groups == []
    assert (await world.do.groups.read_group(others[0], group.id)).my_membership_id


@pytest.mark.hazard("P-h11")
async def test_the_last_vote_that_was_waited_for_is_counted(world: World) -> None:
    group, code = await world.open_group(4, seats=8)
    _, application = await world.applied(code)
    ballot = await world.admission(group, application)
    leaver, *others = group.members
    await world.vote(ballot, others)
    await world.do.people.withdraw_consent(leaver, world.organisation, Purpose.TAKING_PART)
    seen = await world.do.admission.read_ballot(others[0], ballot.id)
    assert seen.status is BallotStatus.ADOPTED
