"""Organisations: their place in the tree, their policies one after another, and whom their staff may see."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.intake.outcome import Outcome, UnknownSignpost
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import (
    Country,
    Level,
    Merger,
    MunicipalityNotCovered,
    NoPlaceInTheTree,
    NotStaff,
    Role,
)
from app.domain.organisations.policy import PolicyInThePast, PolicyOutOfBounds, PolicySettings
from app.domain.shared.actor import ANONYMOUS
from app.domain.shared.errors import Stale
from app.domain.shared.ids import NOBODY
from app.services.ports.paging import FIRST_PAGE, PageRequest
from tests.support.world import World


@pytest.mark.rule("O-03")
@pytest.mark.parametrize(
    ("level", "country"),
    [
        (Level.NATIONAL, Country.NO),
        (Level.LOCAL, Country.NO),
        (Level.DISTRICT, Country.NO),
        (Level.LOCAL, Country.DK),
    ],
)
async def test_o03_nothing_stands_below_a_local_organisation(
    world: World, level: Level, country: Country
) -> None:
    with pytest.raises(NoPlaceInTheTree):
        await world.do.organisations.create_organisation(
            world.administrator, world.organisation, "Misplaced", country, level, []
        )


@pytest.mark.rule("O-03")
async def test_o03_a_district_and_then_a_local_organisation_stand_below_a_national_body(world: World) -> None:
    local = await world.do.organisations.read_organisation(world.administrator, world.organisation)
    assert local.parent_id is not None
    district = await world.do.organisations.create_organisation(
        world.administrator, local.parent_id, "District", Country.NO, Level.DISTRICT, []
    )
    below = await world.do.organisations.create_organisation(
        world.administrator, district.id, "Below", Country.NO, Level.LOCAL, []
    )
    assert (below.parent_id, below.time_zone) == (district.id, "Europe/Oslo")


async def test_a_scheduled_policy_can_be_replaced_before_it_holds(world: World) -> None:
    do, who, where = world.do.organisations, world.administrator, world.organisation
    begins = world.now + timedelta(days=30)
    await do.adopt_policy(who, where, 1, PolicySettings(ballot_window_days=21), begins)
    held = await do.read_policy(who, where)
    assert (held.version, held.newest_version, held.settings.ballot_window_days) == (1, 2, 14)
    with pytest.raises(Stale):
        await do.adopt_policy(who, where, held.version, PolicySettings())
    with pytest.raises(PolicyInThePast):
        await do.adopt_policy(who, where, 2, PolicySettings(), world.now - timedelta(days=1))
    await do.adopt_policy(who, where, held.newest_version, PolicySettings(ballot_window_days=10))
    assert (await do.read_policy(who, where)).settings.ballot_window_days == 10
    later = await do.read_policy(who, where, begins + timedelta(days=1))
    assert (later.version, later.settings.ballot_window_days) == (3, 10)


@pytest.mark.rule("G-06")
async def test_g06_a_full_group_is_not_vulnerable_by_policy(world: World) -> None:
    with pytest.raises(PolicyOutOfBounds):
        await world.do.organisations.adopt_policy(
            world.administrator, world.organisation, 1, PolicySettings(size_warn_below=8, size_max=5)
        )


@pytest.mark.rule("C-07")
async def test_c07_whoever_works_with_people_promises_confidentiality_first(world: World) -> None:
    interviewer, somebody = await world.registered("interviewer"), await world.registered()
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, interviewer.person_id, Role.INTERVIEWER
    )
    record = world.do.intake.record_outcome
    with pytest.raises(StaffDeclarationNeeded):
        await record(interviewer, world.organisation, somebody.person_id, Outcome.GROUP, [])
    with pytest.raises(StaffDeclarationNeeded):
        await world.do.organisations.list_registrations(world.administrator, world.organisation, FIRST_PAGE)
    await world.sign_for(interviewer)
    recorded = await record(interviewer, world.organisation, somebody.person_id, Outcome.GROUP, [])
    assert recorded.outcome is Outcome.GROUP


@pytest.mark.rule("I-03")
async def test_i03_other_help_is_named_by_what_the_country_lists(world: World) -> None:
    somebody = await world.registered()
    record = world.do.intake.record_outcome
    with pytest.raises(UnknownSignpost):
        await record(
            world.coordinator, world.organisation, somebody.person_id, Outcome.OTHER_HELP, ["dk_sind"]
        )
    recorded = await record(
        world.coordinator, world.organisation, somebody.person_id, Outcome.OTHER_HELP, ["no_mental_helse"]
    )
    assert recorded.signposted_to == ["no_mental_helse"]


async def test_administrators_see_who_works_there_and_nobody_else(world: World) -> None:
    await world.registered("participant")
    await world.sign_for(world.administrator)
    listed = await world.do.organisations.list_registrations(
        world.administrator, world.organisation, FIRST_PAGE
    )
    assert {each.person_id for each in listed.items} == {
        world.administrator.person_id,
        world.coordinator.person_id,
    }
    everybody = await world.do.organisations.list_registrations(
        world.coordinator, world.organisation, FIRST_PAGE
    )
    assert len(everybody.items) == 3


@pytest.mark.rule("O-04")
async def test_o04_an_organisation_covers_as_many_municipalities_as_it_says(world: World) -> None:
    """ "Local" may be one municipality, several, or a region across counties."""
    national = (await world.do.organisations.read_organisation(ANONYMOUS, world.organisation)).parent_id
    assert national is not None
    for covered in (["4601"], ["4601", "4624"], ["4601", "3403", "5501"]):
        made = await world.do.organisations.create_organisation(
            world.administrator, national, "Region", Country.NO, Level.LOCAL, covered, "Europe/Oslo"
        )
        read = await world.do.organisations.read_organisation(ANONYMOUS, made.id)
        assert read.municipalities == covered


@pytest.mark.rule("O-04")
@pytest.mark.hazard("P-h5")
async def test_ph5_municipalities_merge_on_a_day(world: World) -> None:
    """The directory tells the numbers of the day; an earlier day, a later merger and a correction included."""
    do = world.do.organisations
    national = (await do.read_organisation(ANONYMOUS, world.organisation)).parent_id
    assert national is not None
    made = await do.create_organisation(
        world.administrator, national, "Region", Country.NO, Level.LOCAL, ["1001", "1002", "1003"]
    )
    today = world.now.astimezone(ZoneInfo("Europe/Oslo")).date()
    first = Merger(on=today + timedelta(days=10), out_of=("1001", "1002"), into="2001")
    second = Merger(on=today + timedelta(days=20), out_of=("2001", "1003"), into="1003")
    noted = await do.note_mergers(world.administrator, made.id, [second, first])
    assert await do.note_mergers(world.administrator, made.id, [second, first]) == noted

    async def covered() -> list[str]:
        listed = await do.list_organisations(ANONYMOUS, PageRequest(limit=100, after=("Region", str(NOBODY))))
        (mine,) = (each for each in listed.items if each.id == made.id)
        assert mine == await do.read_organisation(ANONYMOUS, made.id)
        return mine.municipalities

    assert await covered() == ["1001", "1002", "1003"]
    world.forward(days=11)
    assert await covered() == ["1003", "2001"]
    world.forward(days=11)
    assert await covered() == ["1003"]
    await do.note_mergers(world.administrator, made.id, [first])
    assert await covered() == ["1003", "2001"]
    for wrong in ([second], [replace(first, out_of=("9999",))], [replace(first, out_of=())]):
        with pytest.raises(MunicipalityNotCovered):
            await do.note_mergers(world.administrator, made.id, wrong)
    with pytest.raises(NotStaff):
        await do.note_mergers(world.coordinator, world.organisation, [])
    assert await covered() == ["1003", "2001"]
