"""Protected identity: nothing that is shown tells a name or a place (P-h13), and nothing lowers it by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.bootstrap import Running
from app.content.texts import Texts
from app.domain.organisations.organisation import Country
from app.domain.people.protection import ProtectedBy, ProtectionConfirmed
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.intake_world import interested
from tests.support.world import World

pytestmark = pytest.mark.hazard("P-h13")


async def _names(world: World) -> str:
    seen = await world.do.organisations.list_registrations(world.coordinator, world.organisation, FIRST_PAGE)
    return " · ".join(each.name for each in seen.items)


async def test_it_is_said_by_oneself_and_taken_back_by_oneself(world: World, look: Look) -> None:
    somebody = await interested(world, "distinctive")
    assert "Distinctive" in await _names(world)
    said = await world.do.people.protect_my_identity(somebody)
    again = await world.do.people.protect_my_identity(somebody)
    assert (said.is_protected, said.protected_by) == (True, ProtectedBy.ONESELF)
    assert again == said
    assert (await world.do.people.read_me(somebody)).protected_identity
    assert "Skjermet identitet" in await _names(world)
    assert "Distinctive" not in await _names(world)
    shown = await world.do.intake.list_interests(world.coordinator, world.organisation, FIRST_PAGE)
    assert [(each.name, each.area) for each in shown.items] == [("Skjermet identitet", "")]
    own = await world.do.intake.read_my_interest(somebody, world.organisation)
    assert (own.name, own.area) == ("Skjermet identitet", "Fjordby")
    rows = await look("select * from registration where person_id = $1", somebody.person_id)
    assert "Distinctive" not in str([tuple(row) for row in rows])
    lifted = await world.do.people.lift_my_protection(somebody)
    assert (lifted.is_protected, lifted.protected_at, lifted.protected_by) == (False, None, None)
    assert "Distinctive" not in await _names(world)  # it isn't there any more, until they say it again
    await world.do.organisations.register(somebody, world.organisation, "Distinctive")
    assert "Distinctive" in await _names(world)


async def test_whoever_is_protected_registers_under_cover_and_in_the_language_of_the_country(
    world: World,
) -> None:
    somebody = await world.person("distinctive")
    await world.do.people.protect_my_identity(somebody)
    texts = Texts.load()
    mine = await world.do.organisations.register(somebody, world.organisation, "Distinctive")
    assert mine.name == texts.text("protection", "shown_as", "nb")
    assert texts.text("protection", "shown_as", "nb") in await _names(world)
    danish = await World(world.service, world.travel).begin(Country.DK)
    await world.do.organisations.register(somebody, danish.organisation, "Distinctive")
    assert texts.text("protection", "shown_as", "da") in await _names(danish)
    await world.do.organisations.register(somebody, danish.organisation, "Distinctive again")
    assert "Distinctive" not in await _names(danish)


async def test_a_login_raises_it_and_no_login_lowers_it(world: World, service: Running) -> None:
    somebody = await world.registered("distinctive")
    assert somebody.issuer is not None
    assert somebody.subject is not None
    for _ in range(2):
        await service.ways.logins.protect(somebody.issuer, somebody.subject, somebody.person_id)
    seen = await world.do.people.read_me(somebody)  # a login that says nothing of it
    assert seen.protected_identity
    assert "Distinctive" not in await _names(world)
    says_so = replace(somebody, address_protected=True)
    with pytest.raises(ProtectionConfirmed):
        await world.do.people.lift_my_protection(says_so)
    again = await world.do.people.introduce_myself(somebody, "Another name", ["en"], True)
    assert again.protected_identity
    assert not (await world.do.people.lift_my_protection(somebody)).is_protected


async def test_whoever_comes_with_such_a_login_is_protected_from_the_first(world: World) -> None:
    stranger = replace(await world.person(), subject=f"new-{world.organisation}", person=None)
    me = await world.do.people.introduce_myself(
        replace(stranger, address_protected=True), "Somebody", ["nb"], True
    )
    assert me.protected_identity


@pytest.mark.hazard("M-h6")
async def test_where_a_group_meets_is_for_its_signed_members_alone(world: World, look: Look) -> None:
    group = await world.forming(3, sign=False)
    protected, signed, unsigned = group.members
    await world.do.groups.sign_declaration(signed, group.id, world.signature())
    later = world.now + timedelta(days=60)
    await world.do.meetings.plan_meeting(world.coordinator, group.id, later, "Library")

    async def places(viewer: object) -> list[object]:
        listed = await world.do.meetings.list_meetings(viewer, group.id, FIRST_PAGE)  # type: ignore[arg-type]
        page = await world.do.groups.read_group(viewer, group.id)  # type: ignore[arg-type]
        found: list[object] = [each.place for each in listed.items]
        return [*found, page.next_meeting.place if page.next_meeting else None, page.area]

    assert await places(unsigned) == ["Library", "Library", "Area"]
    await world.do.people.protect_my_identity(protected)
    assert await places(unsigned) == [None, None, ""]
    assert await places(signed) == ["Library", "Library", "Area"]
    assert await places(world.coordinator) == [None, None, ""]
    # It stays so when they leave: or it would tell who that was.
    await world.do.groups.leave_group(protected, group.id)
    await world.do.people.lift_my_protection(protected)
    assert await places(unsigned) == [None, None, ""]
    # And whoever comes in protected brings it along.
    other = await world.forming(1)
    newcomer = await world.ready("newcomer")
    await world.do.people.protect_my_identity(newcomer)
    placement = await world.do.groups.invite_to_place(world.coordinator, other.id, newcomer.person_id)
    await world.do.groups.accept_place(newcomer, placement.id, "Alke")
    rows = await look("select shields_place from self_help_group where id = $1", other.id)
    assert [row["shields_place"] for row in rows] == [True]
