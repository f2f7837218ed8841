"""Interests: registered by the person, seen by few, gone in time."""

from uuid import uuid4

import pytest

from app.domain.intake.errors import BelowMinimumAge, InterestNotFound, NothingWished
from app.domain.intake.interest import Company
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff, Role
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.frames import Form, Weekday
from app.services.ports.paging import FIRST_PAGE, PageRequest
from tests.services.conftest import Look
from tests.support.canaries import marked
from tests.support.intake_world import INFORMER, interested, wishes, worker
from tests.support.world import World

OTHERS = [Role.ADMINISTRATOR, Role.INTERVIEWER, Role.STARTER]


@pytest.mark.rule("A-06", "A-07", "A-08")
async def test_a07_a_person_registers_their_own_interest_and_nobody_another_s(world: World) -> None:
    stranger = await world.person("stranger")
    with pytest.raises(NotRegistered):
        await world.do.intake.register_interest(stranger, world.organisation, wishes(), True)
    with pytest.raises(PersonNeeded):
        await world.do.intake.register_interest(INFORMER, world.organisation, wishes(), True)
    somebody = await interested(world)
    mine = await world.do.intake.read_my_interest(somebody, world.organisation)
    assert mine.person_id == somebody.person_id
    assert mine.registered_at <= world.now


@pytest.mark.rule("G-11", "G-12", "G-13", "G-14")
async def test_g14_a_theme_or_none_and_company_as_it_is_wished(world: World) -> None:
    somebody = await interested(world, theme=None, company=(Company.WOMEN, Company.DIFFERENT_THEMES))
    mine = await world.do.intake.read_my_interest(somebody, world.organisation)
    assert mine.theme is None
    assert mine.company == [Company.WOMEN, Company.DIFFERENT_THEMES]
    await world.do.intake.register_interest(somebody, world.organisation, wishes(company=()), True)
    changed = await world.do.intake.read_my_interest(somebody, world.organisation)
    assert (changed.theme, changed.company) == ("Grief", [])


def test_wishes_are_named_once_and_there_is_a_way_to_meet() -> None:
    for twice in ({"forms": ()}, {"forms": (Form.PHONE,) * 2}, {"weekdays": (Weekday.MONDAY,) * 2}):
        with pytest.raises(NothingWished):
            wishes(**twice)


@pytest.mark.rule("G-08")
@pytest.mark.hazard("I-h2")
async def test_ih2_whoever_is_too_young_is_met_neutrally_and_nothing_is_kept(
    world: World, look: Look
) -> None:
    await world.policy(minimum_age=60)
    young = await world.registered("young")
    before = await look("select count(*) from interest"), await look("select count(*) from idempotency")
    with pytest.raises(BelowMinimumAge) as refused:
        await world.do.intake.register_interest(young, world.organisation, wishes(), False)
    assert refused.value.facts == {"minimum": 60}
    after = await look("select count(*) from interest"), await look("select count(*) from idempotency")
    assert after == before


async def test_an_interest_ends_by_itself_at_its_time(world: World, look: Look) -> None:
    await world.policy(interest_days=30)
    somebody = await interested(world)
    await world.do.intake.keep_private_wish(somebody, world.organisation, "A neighbour.")
    world.forward(days=29, hours=23)
    assert await world.do.intake.read_my_interest(somebody, world.organisation)
    world.forward(hours=2)
    seen = await world.do.intake.list_interests(world.coordinator, world.organisation, FIRST_PAGE)
    assert seen.items == []
    for use in (world.do.intake.read_my_interest, world.do.intake.withdraw_interest):
        with pytest.raises(InterestNotFound):
            await use(somebody, world.organisation)  # type: ignore[operator]
    with pytest.raises(InterestNotFound):
        await world.do.intake.read_private_wish(somebody, world.organisation, somebody.person_id)
    with pytest.raises(InterestNotFound):
        await world.do.intake.keep_private_wish(somebody, world.organisation, "Again.")
    await interested(world, "another")  # the next that is written takes it away
    rows = await look("select person_id from interest where organisation_id = $1", world.organisation)
    assert somebody.person_id not in {row["person_id"] for row in rows}


async def test_what_was_sealed_beside_an_ended_interest_is_not_taken_up_again(world: World) -> None:
    await world.policy(interest_days=30)
    somebody = await interested(world)
    await world.do.intake.keep_private_wish(somebody, world.organisation, "A neighbour.")
    again = await world.do.intake.register_interest(somebody, world.organisation, wishes(), True)
    assert again.has_private_wish
    world.forward(days=31)
    renewed = await world.do.intake.register_interest(somebody, world.organisation, wishes(), True)
    assert not renewed.has_private_wish


@pytest.mark.rule("G-18")
async def test_withdrawn_means_deleted(world: World, look: Look) -> None:
    somebody = await interested(world)
    await world.do.intake.withdraw_interest(somebody, world.organisation)
    with pytest.raises(InterestNotFound):
        await world.do.intake.read_my_interest(somebody, world.organisation)
    assert not await look("select from interest where person_id = $1", somebody.person_id)


@pytest.mark.rule("C-07", "O-01", "R-12")
async def test_c07_coordinators_who_have_signed_see_the_list_and_nobody_else(world: World) -> None:
    somebody = await interested(world)
    asked = world.do.intake.list_interests
    for role in OTHERS:
        with pytest.raises(NotStaff):
            await asked(await worker(world, role), world.organisation, FIRST_PAGE)
    with pytest.raises(NotStaff):
        await asked(somebody, world.organisation, FIRST_PAGE)
    with pytest.raises(PersonNeeded):
        await asked(INFORMER, world.organisation, FIRST_PAGE)
    with pytest.raises(StaffDeclarationNeeded):
        await asked(await worker(world, Role.COORDINATOR, signed=False), world.organisation, FIRST_PAGE)
    seen = await asked(world.coordinator, world.organisation, FIRST_PAGE)
    assert [each.person_id for each in seen.items] == [somebody.person_id]


async def test_filters_and_pages(world: World) -> None:
    tuesday = await interested(world)
    any_day = await interested(world, weekdays=(), theme=None, language="da")
    video = await interested(world, forms=(Form.VIDEO,), weekdays=(Weekday.SUNDAY,))
    expected: list[tuple[dict[str, object], list[object]]] = [
        ({"weekday": Weekday.TUESDAY}, [any_day, tuesday]),
        ({"form": Form.VIDEO}, [video]),
        ({"theme": "Grief"}, [video, tuesday]),
        ({"language": "da"}, [any_day]),
    ]
    for filters, people in expected:
        seen = await world.do.intake.list_interests(
            world.coordinator,
            world.organisation,
            FIRST_PAGE,
            **filters,  # type: ignore[arg-type]
        )
        assert [each.person_id for each in seen.items] == [each.person_id for each in people]  # type: ignore[attr-defined]
    found, page = [], PageRequest(limit=1)
    for _ in range(3):
        seen = await world.do.intake.list_interests(world.coordinator, world.organisation, page)
        found += [each.person_id for each in seen.items]
        page = PageRequest(limit=1, after=seen.after)
    assert found == [each.person_id for each in (video, any_day, tuesday)]
    assert seen.after is None


@pytest.mark.rule("C-07", "C-10")
@pytest.mark.hazard("I-h5", "I-h8")
async def test_whom_somebody_would_rather_not_meet_is_read_by_few_and_they_see_by_whom(
    world: World, look: Look
) -> None:
    somebody = await interested(world)
    noted = "select deed from audit_entry where subject_id = $1 and data = 'private_wish'"
    kept = await world.do.intake.keep_private_wish(somebody, world.organisation, "Distinctive neighbour")
    assert kept.words == "Distinctive neighbour"
    assert {each.phone for each in kept.help} >= {"113", "116 123"}  # I-h4: at once, whatever was written
    read = world.do.intake.read_private_wish
    for role in OTHERS:
        with pytest.raises(InterestNotFound):
            await read(await worker(world, role), world.organisation, somebody.person_id)
    unsigned = await worker(world, Role.COORDINATOR, signed=False)
    with pytest.raises(StaffDeclarationNeeded):
        await read(unsigned, world.organisation, somebody.person_id)
    assert (await read(somebody, world.organisation, somebody.person_id)).readings == []
    assert await look(noted, somebody.person_id) == []
    seen = await read(world.coordinator, world.organisation, somebody.person_id)
    assert (seen.words, seen.readings) == ("Distinctive neighbour", None)
    mine = await read(somebody, world.organisation, somebody.person_id)
    assert mine.readings is not None
    assert [each.reader for each in mine.readings] == [marked("Coordinator")]
    rows = await look("select private_wish from interest where person_id = $1", somebody.person_id)
    assert b"Distinctive" not in bytes(rows[0]["private_wish"])
    await world.do.intake.keep_private_wish(somebody, world.organisation, None)
    assert (await read(somebody, world.organisation, somebody.person_id)).words is None


async def test_an_interest_that_never_was_and_one_that_is_hidden_are_alike(world: World) -> None:
    somebody = await interested(world)
    for who in (await world.registered("curious"), await world.registered("other")):
        for whose in (somebody.person_id, uuid4()):
            with pytest.raises(InterestNotFound):
                await world.do.intake.read_private_wish(who, world.organisation, whose)  # type: ignore[arg-type]
