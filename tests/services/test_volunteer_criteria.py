"""What a conversation with a new volunteer asks for is the organisation's own choice, by version (V-01 to V-03)."""

from datetime import timedelta

import pytest

from app.domain.organisations.organisation import NotStaff, OrganisationNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.ids import organisation_id
from app.domain.volunteers.criteria import REQUIRED, QualityKey
from app.domain.volunteers.errors import (
    EntryDoesNotFit,
    QualitiesMissing,
    QualityNeeded,
    UnknownCriteria,
)
from app.domain.volunteers.qualification import VolunteerStatus
from app.domain.volunteers.training_record import ConversationOutcome, EntryKind
from app.services.volunteers.views import TrainingEntryView
from tests.support.volunteers_world import offered, record, standing, trained
from tests.support.world import World

pytestmark = pytest.mark.rule("V-01", "V-02", "V-03")
SUITED = ConversationOutcome.SUITED


async def judged(world: World, volunteer: Actor, *qualities: str, hours_ago: float = 0) -> TrainingEntryView:
    """A conversation that found somebody suited, by these qualities."""
    at = (world.now - timedelta(hours=hours_ago)).replace(microsecond=0)
    return await record(
        world, volunteer, EntryKind.CONVERSATION, at, outcome=SUITED, qualities=list(qualities)
    )


async def test_v03_the_shipped_criteria_hold_until_others_are_adopted(world: World) -> None:
    do, anybody = world.do.volunteers, await world.person()
    held = await do.read_held_criteria(anybody, world.organisation)
    shipped = await do.read_criteria(anybody)
    assert (await do.read_held_criteria(Actor(), world.organisation)).version == 1
    assert (held.version, held.qualities, held.prompts) == (1, shipped.qualities, shipped.prompts)
    adopted = await do.adopt_held_criteria(
        world.coordinator, world.organisation, 1, [QualityKey.STEPS_BACK], [QualityKey.LISTENS]
    )
    assert (adopted.version, adopted.organisation_id) == (2, world.organisation)
    assert [(each.key, each.is_required) for each in adopted.qualities] == [
        ("steps_back", True),
        ("listens", False),
    ]
    assert await do.read_held_criteria(anybody, world.organisation) == adopted
    again = await do.adopt_held_criteria(
        world.administrator, world.organisation, 2, [QualityKey.KEEPS_FRAMES]
    )
    assert again.version == 3
    assert await do.read_held_criteria(anybody, world.organisation, 2) == adopted
    assert await do.read_held_criteria(anybody, world.organisation, 1) == held
    for missing in (0, 4):
        with pytest.raises(UnknownCriteria):
            await do.read_held_criteria(anybody, world.organisation, missing)
    with pytest.raises(OrganisationNotFound):
        await do.read_held_criteria(anybody, organisation_id(987654321))
    other = await World(world.service, world.travel).begin()
    assert (await do.read_held_criteria(Actor(), other.organisation)).version == 1


async def test_v03_who_adopts_and_what(world: World) -> None:
    adopt = world.do.volunteers.adopt_held_criteria
    other = await World(world.service, world.travel).begin()
    volunteer = await trained(world)
    for stranger in (volunteer, await world.ready(), other.coordinator, other.administrator):
        with pytest.raises(NotStaff):
            await adopt(stranger, world.organisation, 1, [QualityKey.LISTENS])
    with pytest.raises(Stale):
        await adopt(world.coordinator, world.organisation, 2, [QualityKey.LISTENS])
    for required, welcome in (([], [QualityKey.LISTENS]), ([QualityKey.LISTENS], [QualityKey.LISTENS])):
        with pytest.raises(QualityNeeded):
            await adopt(world.coordinator, world.organisation, 1, required, welcome)
    assert (await world.do.volunteers.read_held_criteria(Actor(), world.organisation)).version == 1


async def test_v03_an_entry_is_judged_by_what_held_when_the_conversation_took_place(world: World) -> None:
    volunteer, late = await offered(world), await offered(world)
    before = await judged(world, volunteer, *REQUIRED["1"])
    assert before.criteria_version == "1"
    world.forward(hours=1)
    adopted = await world.do.volunteers.adopt_held_criteria(
        world.coordinator, world.organisation, 1, [QualityKey.STEPS_BACK], [QualityKey.LISTENS]
    )
    world.forward(hours=1)
    with pytest.raises(QualitiesMissing):
        await judged(world, late, "listens")
    with pytest.raises(EntryDoesNotFit):
        await judged(world, late, "steps_back", "keeps_frames")
    now = await judged(world, late, "steps_back")
    assert now.criteria_version == "2"
    assert (await standing(world, late)).status is VolunteerStatus.IN_TRAINING
    # One that took place before is judged as it was then, also when it is written down or corrected today.
    with pytest.raises(QualitiesMissing):
        await judged(world, volunteer, "steps_back", hours_ago=1.5)
    then = await record(
        world,
        volunteer,
        EntryKind.CONVERSATION,
        before.happened_at,
        outcome=SUITED,
        qualities=list(REQUIRED["1"]),
        corrects=before.id,
    )
    assert then.criteria_version == "1"
    held = await world.do.volunteers.read_held_criteria(
        volunteer, world.organisation, int(now.criteria_version)
    )
    assert held == adopted


async def test_v01_somebody_found_suited_before_stays_so(world: World) -> None:
    volunteer = await trained(world)
    await world.do.volunteers.adopt_held_criteria(
        world.coordinator, world.organisation, 1, [QualityKey.KEEPS_ROLES_APART]
    )
    world.forward(hours=1)
    assert (await standing(world, volunteer)).status is VolunteerStatus.ASSIGNABLE
