"""Nobody under age comes in, not even where there is a programme for young people: they are shown the way (T2)."""

import pytest

from app.adapters.postgres.tables import metadata
from app.domain.groups.composition import Composition, CompositionOutOfBounds
from app.domain.intake.errors import BelowMinimumAge
from app.domain.organisations.organisation import Country
from app.domain.organisations.policy import PolicyOutOfBounds
from app.domain.people.person import NotOfAge
from app.domain.shared.actor import Actor
from app.domain.shared.frames import Form
from tests.services.conftest import Look
from tests.support.intake_world import code, wishes
from tests.support.world import ISSUER, World

pytestmark = [pytest.mark.rule("G-08"), pytest.mark.hazard("I-h2")]


async def _kept(look: Look) -> dict[str, int]:
    """How many rows each table has, of everybody."""
    tables = sorted(metadata.tables)
    counts = ", ".join(f"(select count(*) from {table}) as {table}" for table in tables)
    (row,) = await look(f"select {counts}")
    return dict(row)


@pytest.fixture
async def young(world: World) -> World:
    """An organisation in Denmark that has a programme for young people."""
    danish = await World(world.service, world.travel).begin(Country.DK)
    await danish.policy(minimum_age=13, youth_programme=True)
    return danish


async def test_t2_the_guide_says_from_which_age_and_shows_the_way_to_the_programme(
    world: World, young: World
) -> None:
    reader = await world.person()
    guide = await young.do.intake.read_intake_guide(reader, young.organisation)
    assert guide.minimum_age == 18
    assert guide.youth_programme is not None
    assert "get in touch with the organisation itself" in guide.youth_programme
    assert "116 111" in [each.phone for each in guide.help]
    without = await world.do.intake.read_intake_guide(reader, world.organisation)
    assert (without.minimum_age, without.youth_programme) == (18, None)
    with pytest.raises(PolicyOutOfBounds):
        await world.policy(youth_programme=True)


async def test_ih2_nothing_is_kept_of_a_child_in_any_table(young: World, look: Look) -> None:
    child = Actor(issuer=ISSUER, subject="a child in Denmark", client="tests")
    before = await _kept(look)
    for words in ("Child", "Child again"):
        with pytest.raises(NotOfAge):
            await young.do.people.introduce_myself(child, words, ["da"], False)
    assert await _kept(look) == before


async def test_t2_whoever_says_that_they_are_too_young_leaves_no_trace_in_the_organisation(
    young: World, look: Look
) -> None:
    somebody, given = await young.registered(), await code(young)
    before = await _kept(look)
    for attempt in (
        lambda: young.do.intake.register_interest(somebody, young.organisation, wishes(), False),
        lambda: young.do.intake.activate_recommendation(somebody, young.organisation, given, wishes(), False),
    ):
        with pytest.raises(BelowMinimumAge) as refused:
            await attempt()
        assert refused.value.facts == {"minimum": 18}
    assert await _kept(look) == before


@pytest.mark.rule("G-12")
async def test_t2_no_group_calls_for_people_under_age_whatever_the_programme(young: World) -> None:
    form = young.do.groups.form_group
    for stated in (Composition(age_from=14, age_to=17), Composition(age_to=17), Composition(age_from=17)):
        with pytest.raises(CompositionOutOfBounds):
            await form(young.coordinator, young.organisation, Form.PHONE, "Area", "da", composition=stated)
