"""Volunteers, from the offer to the day on which something runs out, told by use cases over PostgreSQL."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app.adapters.postgres.tables import metadata
from app.bootstrap import database_urls
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Invalid
from app.domain.volunteers.errors import (
    AlreadyCorrected,
    EntryNotFound,
    HasPartner,
    HasResigned,
    NoPartner,
    NotProposed,
    OwnProposal,
    OwnTraining,
    ResignFirst,
    TheirsToSay,
    VolunteerNotFound,
)
from app.domain.volunteers.qualification import Requirement, VolunteerStatus
from app.domain.volunteers.training_record import Continuing, EntryKind, ExemptionReason, Module
from app.domain.volunteers.volunteer import RecruitmentSource
from app.services.ports.paging import FIRST_PAGE, PageRequest
from app.services.volunteers.list_outlook import OutlookChoice
from app.settings import Settings
from tests.services.conftest import Look
from tests.support.canaries import marked
from tests.support.volunteers_world import (
    found_suited,
    introduced,
    offered,
    pair,
    record,
    standing,
    trained,
)
from tests.support.world import World


@pytest.mark.rule("V-01", "V-04", "V-05", "V-10", "C-07")
@pytest.mark.hazard("D-h5")
async def test_from_the_offer_to_the_day_on_which_a_group_is_possible(world: World) -> None:
    volunteer = await offered(world)
    seen = await standing(world, volunteer)
    assert (seen.status, seen.recruited_from) == (
        VolunteerStatus.PROSPECTIVE,
        RecruitmentSource.FORMER_PARTICIPANT,
    )
    await found_suited(world, volunteer)
    await introduced(world, volunteer, [Module.METHOD, Module.VALUES])
    seen = await standing(world, volunteer)
    assert (seen.status, seen.missing_modules) == (VolunteerStatus.IN_TRAINING, [Module.PRINCIPLES])
    await introduced(world, volunteer, [Module.PRINCIPLES])
    seen = await standing(world, volunteer)
    assert (seen.is_assignable, seen.missing) == (False, [Requirement.DECLARATION])
    await world.sign_for(volunteer)
    seen = await standing(world, volunteer)
    assert (seen.status, seen.is_assignable, seen.policy_version) == (VolunteerStatus.ASSIGNABLE, True, 1)
    own = await world.do.volunteers.read_my_volunteering(volunteer, world.organisation)
    assert own.status is seen.status
    assert [each.status for each in await world.do.volunteers.list_my_volunteering(volunteer)] == [own.status]


@pytest.mark.rule("A-07", "V-10")
async def test_people_offer_themselves_and_only_where_they_have_registered(world: World) -> None:
    stranger = await world.person()
    with pytest.raises(NotRegistered):
        await world.do.volunteers.offer_to_volunteer(stranger, world.organisation, RecruitmentSource.CENTRE)
    somebody = await world.registered()
    with pytest.raises(VolunteerNotFound):
        await found_suited(world, somebody)
    assert await world.do.volunteers.list_my_volunteering(somebody) == []
    first = await world.do.volunteers.offer_to_volunteer(
        somebody, world.organisation, RecruitmentSource.CENTRE
    )
    again = await world.do.volunteers.offer_to_volunteer(
        somebody, world.organisation, RecruitmentSource.ASSOCIATION
    )
    assert (again.recruited_from, again.offered_at) == (RecruitmentSource.CENTRE, first.offered_at)
    assert len(RecruitmentSource) == 4


@pytest.mark.rule("V-02")
def test_no_occupation_has_a_place_anywhere() -> None:
    words = ("occupation", "profession", "education", "job", "employer", "degree", "diploma", "title")
    for table in ("volunteer", "training_entry", "registration", "person", "role_grant"):
        for column in metadata.tables[table].columns:
            assert not any(word in column.name for word in words), f"{table}.{column.name}"


async def test_what_runs_out_is_announced_and_caught_up_on(world: World) -> None:
    await world.policy(supervision_every_days=30, renewal_window_days=14)
    volunteer = await trained(world)
    seen = await standing(world, volunteer)
    assert seen.next_status is VolunteerStatus.RENEWAL_DUE
    world.forward(days=20)
    due = await standing(world, volunteer)
    assert (due.status, due.next_status) == (VolunteerStatus.RENEWAL_DUE, VolunteerStatus.LAPSED)
    world.forward(days=15)
    lapsed = await standing(world, volunteer)
    assert (lapsed.status, lapsed.missing) == (VolunteerStatus.LAPSED, [Requirement.SUPERVISION])
    assert (await standing(world, volunteer, seen.as_of)).status is VolunteerStatus.ASSIGNABLE
    await record(
        world,
        volunteer,
        EntryKind.EXEMPTION,
        requirement=Continuing.SUPERVISION,
        reason=ExemptionReason.NOT_OFFERED,
        until=world.now + timedelta(days=90),
    )
    assert (await standing(world, volunteer)).status is VolunteerStatus.EXEMPT
    await record(world, volunteer, EntryKind.SUPERVISION)
    assert (await standing(world, volunteer)).is_assignable


async def test_a_correction_takes_the_place_of_what_was_wrong(world: World) -> None:
    await world.policy(supervision_every_days=30, renewal_window_days=14)
    volunteer = await trained(world)
    world.forward(days=40)
    wrong = await record(world, volunteer, EntryKind.SUPERVISION)
    assert (await standing(world, volunteer)).is_assignable
    right = await record(
        world, volunteer, EntryKind.SUPERVISION, world.now - timedelta(days=35), corrects=wrong.id
    )
    assert (await standing(world, volunteer)).status is VolunteerStatus.LAPSED
    with pytest.raises(AlreadyCorrected):
        await record(world, volunteer, EntryKind.STRUCK, corrects=wrong.id)
    other = await trained(world, "other")
    with pytest.raises(EntryNotFound):
        await record(world, other, EntryKind.STRUCK, corrects=right.id)
    listed = await world.do.volunteers.list_training(
        world.coordinator, world.organisation, volunteer.person_id, FIRST_PAGE
    )
    assert {each.id: each.corrected_by for each in listed.items}[wrong.id] == right.id
    own = await world.do.volunteers.list_my_training(volunteer, world.organisation, PageRequest(limit=2))
    assert [each.id for each in own.items] == [right.id, wrong.id]
    assert own.after is not None


@pytest.mark.rule("V-01")
async def test_coordinators_record_and_nobody_about_themselves(world: World) -> None:
    volunteer = await offered(world)
    do, where = world.do.volunteers, world.organisation
    await world.sign_for(world.administrator)
    for other in (volunteer, world.administrator):
        with pytest.raises(NotStaff):
            await do.record_training(other, where, volunteer.person_id, EntryKind.COURSE, world.now)
        with pytest.raises(NotStaff):
            await do.read_volunteer(other, where, volunteer.person_id)
        with pytest.raises(NotStaff):
            await do.list_volunteers(other, where, FIRST_PAGE)
        with pytest.raises(NotStaff):
            await do.list_outlook(other, where, FIRST_PAGE)
    unsigned = await world.registered("new coordinator")
    await world.do.organisations.grant_role(world.administrator, where, unsigned.person_id, Role.COORDINATOR)
    with pytest.raises(StaffDeclarationNeeded):
        await do.list_training(unsigned, where, volunteer.person_id, FIRST_PAGE)
    await do.offer_to_volunteer(world.coordinator, where, RecruitmentSource.CENTRE)
    with pytest.raises(OwnTraining):
        await found_suited(world, world.coordinator)


async def test_being_on_the_list_of_starters_makes_nobody_assignable(world: World) -> None:
    starter = await offered(world)
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, starter.person_id, Role.STARTER
    )
    assert not (await standing(world, starter)).is_assignable


@pytest.mark.rule("A-07")
async def test_stopping_and_coming_back_are_ones_own_to_say(world: World) -> None:
    volunteer = await trained(world)
    do, where = world.do.volunteers, world.organisation
    gone = await do.resign_as_volunteer(volunteer, where)
    assert (gone.status, gone.is_assignable) == (VolunteerStatus.RESIGNED, False)
    with pytest.raises(HasResigned):
        await do.resign_as_volunteer(volunteer, where)
    with pytest.raises(TheirsToSay):
        await record(world, volunteer, EntryKind.RETURN)
    entries = await do.list_my_training(volunteer, where, FIRST_PAGE)
    with pytest.raises(TheirsToSay):
        await record(world, volunteer, EntryKind.STRUCK, corrects=entries.items[0].id)
    assert (await do.return_as_volunteer(volunteer, where)).is_assignable


@pytest.mark.rule("V-11")
async def test_two_reflect_together_when_both_want_it(world: World) -> None:
    one, other, third = await offered(world, "one"), await offered(world, "other"), await offered(world)
    do, where = world.do.volunteers, world.organisation
    proposal = await do.propose_partner(one, where)
    with pytest.raises(OwnProposal):
        await do.accept_partner(one, where, proposal.code)
    with pytest.raises(NotProposed):
        await do.accept_partner(other, where, "a" * 24)
    seen = await do.accept_partner(other, where, proposal.code)
    assert (seen.has_discussion_partner, seen.discussion_partner_name) == (True, marked("One"))
    mine = await do.read_my_volunteering(one, where)
    assert mine.discussion_partner_name == marked("Other")
    told = await standing(world, one)
    assert (told.has_discussion_partner, told.discussion_partner_name) == (True, None)
    with pytest.raises(NotProposed):
        await do.accept_partner(third, where, proposal.code)
    with pytest.raises(HasPartner):
        await do.propose_partner(one, where)
    waiting = await do.propose_partner(third, where)
    with pytest.raises(HasPartner):
        await do.accept_partner(other, where, waiting.code)
    await do.part_from_partner(other, where)
    assert not (await standing(world, one)).has_discussion_partner
    with pytest.raises(NoPartner):
        await do.part_from_partner(one, where)
    world.forward(days=15)
    with pytest.raises(NotProposed):
        await do.accept_partner(other, where, waiting.code)


@pytest.mark.hazard("S-h12")
async def test_a_record_goes_as_a_whole_by_its_persons_wish_alone(world: World, look: Look) -> None:
    volunteer, partner = await trained(world), await trained(world, "partner")
    do, where = world.do.volunteers, world.organisation
    await pair(world, volunteer, partner)
    with pytest.raises(ResignFirst):
        await do.erase_my_volunteering(volunteer, where)
    assert (await standing(world, volunteer)).has_discussion_partner
    await do.resign_as_volunteer(volunteer, where)
    assert not (await standing(world, partner)).has_discussion_partner
    await do.erase_my_volunteering(volunteer, where)
    for table in ("volunteer", "training_entry"):
        left = await look(f"select 1 from {table} where person_id = $1", volunteer.person_id)
        assert left == []
    with pytest.raises(VolunteerNotFound):
        await do.read_my_volunteering(volunteer, where)
    assert (await standing(world, partner)).is_assignable


@pytest.mark.rule("V-04")
async def test_no_entry_is_edited_or_deleted_by_any_hand(
    world: World, settings: Settings, database_url: str
) -> None:
    volunteer = await trained(world)
    urls = database_urls(settings, settings.secret_value())
    app, owner = await asyncpg.connect(urls.app), await asyncpg.connect(database_url)
    try:
        for statement in ("update training_entry set kind = kind", "delete from training_entry"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(statement)
            transaction = owner.transaction()
            await transaction.start()
            await owner.execute("alter table training_entry no force row level security")
            with pytest.raises(asyncpg.CheckViolationError) as caught:
                await owner.execute(f"{statement} where person_id = $1", volunteer.person_id)
            assert caught.value.constraint_name == "append_only"
            await transaction.rollback()
        transaction = app.transaction()
        await transaction.start()
        await app.execute(f"select set_config('app.organisation', '{world.organisation}', true)")
        await app.execute(f"select set_config('app.person', '{world.coordinator.person_id}', true)")
        with pytest.raises(asyncpg.CheckViolationError) as caught:
            await app.execute("delete from volunteer where person_id = $1", volunteer.person_id)
        assert caught.value.constraint_name == "erased_by_oneself"
        await transaction.rollback()
    finally:
        await app.close()
        await owner.close()


@pytest.mark.rule("V-06", "V-07")
@pytest.mark.hazard("S-h5")
async def test_the_coordinator_looks_ahead(world: World) -> None:
    await world.policy(supervision_every_days=60, renewal_window_days=14)
    fresh = await trained(world, "fresh")
    await trained(world, "early")
    await offered(world, "prospective")
    gone = await offered(world, "gone")
    await world.do.volunteers.resign_as_volunteer(gone, world.organisation)
    world.forward(days=50)
    await record(world, fresh, EntryKind.SUPERVISION)
    do, where, who = world.do.volunteers, world.organisation, world.coordinator

    async def names(**asked: Any) -> list[str]:
        return [each.name for each in (await do.list_outlook(who, where, FIRST_PAGE, **asked)).items]

    assert await names() == [marked("Prospective"), marked("Early"), marked("Fresh")]
    month = world.now + timedelta(days=31)
    assert await names(ends=month, only=OutlookChoice.CAN_START) == [marked("Fresh")]
    assert await names(ends=month, only=OutlookChoice.RUNS_OUT) == [marked("Early")]
    assert await names(only=OutlookChoice.CAN_START) == []
    early = (await do.list_outlook(who, where, FIRST_PAGE, ends=month)).items[1]
    assert (early.can_start, early.can_start_throughout) == (True, False)
    assert [each.requirement for each in early.runs_out] == [Requirement.SUPERVISION]
    assert early.assignable_until == early.runs_out[0].until
    with pytest.raises(Invalid):
        await names(begins=month, ends=month)
    listed = await do.list_volunteers(who, where, FIRST_PAGE, VolunteerStatus.RENEWAL_DUE)
    assert [each.name for each in listed.items] == [marked("Early")]
    later = await do.list_volunteers(who, where, FIRST_PAGE, VolunteerStatus.LAPSED, month)
    assert [each.name for each in later.items] == [marked("Early")]


async def test_pages_of_a_status_find_everybody_once(world: World) -> None:
    people = {(await trained(world, f"trained{number}")).person_id for number in range(3)}
    await offered(world)
    found: list[Any] = []
    after: tuple[str, ...] | None = None
    while True:
        page = await world.do.volunteers.list_volunteers(
            world.coordinator,
            world.organisation,
            PageRequest(limit=1, after=after),
            VolunteerStatus.ASSIGNABLE,
        )
        found += [each.person_id for each in page.items]
        after = page.after
        if after is None:
            break
    assert sorted(found) == sorted(people)


async def test_what_others_ask_of_a_record(world: World) -> None:
    """The port for whoever gives people groups."""
    volunteer, nobody = await trained(world), await world.registered()
    transact: Any = world.do.groups.form_group.transact

    async def work(tx: Any) -> None:
        await tx.qualifications.hold(volunteer.person_id)
        found = await tx.qualifications.of([volunteer.person_id, nobody.person_id], tx.now)
        assert found[volunteer.person_id] == await tx.qualifications.status(volunteer.person_id, tx.now)
        assert found[volunteer.person_id].is_assignable
        none = found[nobody.person_id]
        assert (none.status, none.missing) == (VolunteerStatus.PROSPECTIVE, tuple(Requirement)[:4])

    await transact.write(world.coordinator, world.organisation, work)


async def test_volunteers_see_nobody_elses_record(world: World) -> None:
    one, other = await trained(world, "one"), await trained(world, "other")
    with pytest.raises(NotStaff):
        await world.do.volunteers.list_training(one, world.organisation, other.person_id, FIRST_PAGE)
    with pytest.raises(NotStaff):
        await world.do.organisations.list_registrations(one, world.organisation, FIRST_PAGE)


@pytest.mark.rule("V-08", "V-09", "V-12", "V-13", "V-14", "V-15", "V-16", "V-17", "V-18", "V-19", "V-20")
async def test_the_conversation_has_its_prompts(world: World) -> None:
    criteria = await world.do.volunteers.read_criteria(Actor())
    told = {rule for prompt in criteria.prompts for rule in prompt.rules}
    assert told >= {"V-09", "V-11", "V-12", "V-13", "V-14", "V-15", "V-16", "V-17", "V-18", "V-19", "V-20"}
    assert "knows_self_help" in {each.key for each in criteria.qualities}
