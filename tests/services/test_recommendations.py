"""Recommendations: codes that hold nothing about anyone, and givers who learn nothing."""

from dataclasses import fields, replace

import pytest

from app.adapters.postgres.tables import metadata
from app.api.shared.operations import ALL
from app.domain.intake.errors import BelowMinimumAge, CodeNotUsable, NotAnInformer
from app.domain.intake.recommendation import RecommendationStatus, code_from, code_hash
from app.domain.organisations.organisation import NotRegistered, Role
from app.domain.shared.errors import PersonNeeded
from app.domain.systems.errors import ScopeNeeded
from app.services.intake.views import RecommendationView
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.intake_world import INFORMER, code, informer, wishes, worker
from tests.support.systems_world import let_in
from tests.support.world import World

SENT, EXPIRED = RecommendationStatus.SENT, RecommendationStatus.EXPIRED


@pytest.mark.rule("A-06", "A-07")
@pytest.mark.hazard("I-h3")
async def test_a06_a_code_becomes_an_interest_by_the_person_s_own_act_alone(world: World) -> None:
    given = await code(world, await informer(world))
    with pytest.raises(PersonNeeded):
        await world.do.intake.activate_recommendation(INFORMER, world.organisation, given, wishes(), True)
    somebody = await world.person("somebody")
    with pytest.raises(NotRegistered):
        await world.do.intake.activate_recommendation(somebody, world.organisation, given, wishes(), True)
    await world.do.organisations.register(somebody, world.organisation, "Somebody")
    spelled = given.lower().replace("-", " ")
    made = await world.do.intake.activate_recommendation(
        somebody, world.organisation, spelled, wishes(), True
    )
    assert made.person_id == somebody.person_id
    assert await world.do.intake.read_my_interest(somebody, world.organisation) == made


@pytest.mark.hazard("P-h16")
async def test_ph16_a_code_that_was_used_has_expired_or_never_was_sounds_the_same(world: World) -> None:
    used, expired = await code(world), await code(world)
    first, second = await world.registered("first"), await world.registered("second")
    use = world.do.intake.activate_recommendation
    await use(first, world.organisation, used, wishes(), True)
    world.forward(days=61)
    never = code_from(b"never given to anybody")
    heard = set()
    for each in (used, expired, never, "not a code at all, but long enough"):
        with pytest.raises(CodeNotUsable) as refused:
            await use(second, world.organisation, each, wishes(), True)
        heard.add((refused.value.code, refused.value.pointer, tuple(refused.value.facts.items())))
    assert len(heard) == 1


@pytest.mark.hazard("P-h16")
async def test_ph16_codes_are_long_never_alike_and_kept_as_hashes(world: World, look: Look) -> None:
    given = await world.do.intake.give_recommendation(world.coordinator, world.organisation, 30)
    plain = [each.replace("-", "") for each in given.codes]
    assert len(set(plain)) == 30
    assert all(len(each) == 32 for each in plain)
    rows = await look("select * from recommendation_code where organisation_id = $1", world.organisation)
    assert {bytes(row["code_hash"]) for row in rows} == {code_hash(each) for each in given.codes}
    told = await look("select r::text as told from recommendation_code r")
    assert not [row for row in told for each in plain if each in row["told"].upper()]


@pytest.mark.rule("A-06", "O-01", "R-12")
@pytest.mark.hazard("P-h1")
async def test_ph1_a_giver_learns_sent_or_expired_and_never_whether_it_was_used(
    world: World, look: Look
) -> None:
    giver = await worker(world, Role.STARTER)
    used, unused = await code(world, giver), await code(world, giver)
    listed = world.do.intake.list_recommendations
    before = await listed(giver, world.organisation, FIRST_PAGE)
    somebody = await world.registered()
    await world.do.intake.activate_recommendation(somebody, world.organisation, used, wishes(), True)
    after = await listed(giver, world.organisation, FIRST_PAGE)
    assert after == before
    assert [each.status for each in after.items] == [SENT, SENT]
    assert [each.codes for each in after.items] == [[], []]
    world.forward(days=60, hours=1)
    assert [e.status for e in (await listed(giver, world.organisation, FIRST_PAGE)).items] == [EXPIRED] * 2
    del unused
    receipts = {column.name for column in metadata.tables["recommendation"].columns}
    assert receipts == {"organisation_id", "id", "giver_id", "how_many", "given_at", "expires_at"}
    codes = {column.name for column in metadata.tables["recommendation_code"].columns}
    assert codes == {"organisation_id", "code_hash", "expires_at"}  # nothing leads from one to the other
    rows = await look("select type from outbox where organisation_id = $1", world.organisation)
    assert not [row for row in rows if "interest" in row["type"] or "recommend" in row["type"]]


@pytest.mark.hazard("P-h1")
async def test_ph1_nobody_sees_another_s_receipts(world: World) -> None:
    await code(world, await informer(world))
    other = replace(INFORMER, client="another", subject="another")
    await let_in(world, other)
    assert (await world.do.intake.list_recommendations(other, world.organisation, FIRST_PAGE)).items == []
    mine = await world.do.intake.list_recommendations(INFORMER, world.organisation, FIRST_PAGE)
    assert len(mine.items) == 1
    theirs = await world.do.intake.list_recommendations(world.coordinator, world.organisation, FIRST_PAGE)
    assert theirs.items == []


@pytest.mark.rule("R-12")
async def test_r12_those_who_inform_give_codes_and_nobody_else(world: World) -> None:
    give = world.do.intake.give_recommendation
    await informer(world)
    others = (await world.registered(), await world.person(), replace(INFORMER, scopes=frozenset({"other"})))
    for outsider in others:
        with pytest.raises(ScopeNeeded if outsider.is_system else NotAnInformer):
            await give(outsider, world.organisation)
        with pytest.raises(ScopeNeeded if outsider.is_system else NotAnInformer):
            await world.do.intake.list_recommendations(outsider, world.organisation, FIRST_PAGE)
    for role in Role:
        assert (await give(await worker(world, role, signed=False), world.organisation)).codes


@pytest.mark.hazard("P-h14", "I-h3")
def test_ph14_there_is_no_place_for_a_list_of_people_nor_for_anybody_s_name() -> None:
    """What a municipality may send is how many codes it wants; unknown members are refused by every input."""
    (operation,) = [each for each in ALL if each.name == "give_recommendation"]
    assert operation.takes is not None
    assert set(operation.takes.model_fields) == {"how_many"}
    assert operation.takes.model_config["extra"] == "forbid"
    shown = {field.name for field in fields(RecommendationView)}
    assert shown == {"id", "organisation_id", "how_many", "codes", "status", "given_at", "expires_at"}


@pytest.mark.rule("G-08")
@pytest.mark.hazard("I-h2")
async def test_ih2_a_code_stays_whole_where_somebody_is_too_young(world: World) -> None:
    given, somebody = await code(world), await world.registered()
    use = world.do.intake.activate_recommendation
    with pytest.raises(BelowMinimumAge):
        await use(somebody, world.organisation, given, wishes(), False)
    assert await use(somebody, world.organisation, given, wishes(), True)


async def test_expired_codes_and_old_receipts_leave_the_tables(world: World, look: Look) -> None:
    await code(world)
    world.forward(days=61)
    await code(world)
    asked = "select count(*) as left_ from {} where organisation_id = $1"
    codes = await look(asked.format("recommendation_code"), world.organisation)
    receipts = await look(asked.format("recommendation"), world.organisation)
    assert (codes[0]["left_"], receipts[0]["left_"]) == (1, 2)
    world.forward(days=500)
    await code(world)
    assert (await look(asked.format("recommendation"), world.organisation))[0]["left_"] == 1
