"""The frames of a group: how it meets, where it comes from, and how it is found."""

from datetime import timedelta

import pytest

from app.domain.groups.errors import GroupIsClosed
from app.domain.groups.group import Form
from app.domain.meetings.place import PlaceType
from app.domain.organisations.organisation import Country, Level
from app.domain.shared.actor import Actor
from app.services.admission.views import OfferView
from app.services.ports.paging import FIRST_PAGE
from tests.support.courses_world import course_of, signed_up
from tests.support.world import World


@pytest.mark.rule("G-27")
@pytest.mark.parametrize("form", Form)
async def test_g27_a_group_meets_in_any_form(world: World, form: Form) -> None:
    formed = await world.do.groups.form_group(world.coordinator, world.organisation, form, "Area", "nb")
    assert formed.form is form
    found = await world.do.groups.list_groups(world.coordinator, world.organisation, FIRST_PAGE, form=form)
    assert [group.id for group in found.items] == [formed.id]


@pytest.mark.rule("M-18")
async def test_m18_every_public_house_is_a_place_to_meet(world: World) -> None:
    group = await world.meeting(3)
    for number, kind in enumerate(kind for kind in PlaceType if kind.is_public):
        at = world.now + timedelta(days=7 * (number + 1))
        planned = await world.do.meetings.plan_meeting(
            group.members[0], group.id, at, "There", place_type=kind
        )
        assert planned.place_type is kind


@pytest.mark.rule("A-01", "A-02")
async def test_a02_a_group_that_comes_of_a_course_closes_like_any_other(world: World) -> None:
    course = await course_of(world)
    people = [(await signed_up(world, course))[0] for _ in range(4)]
    group = (await world.do.courses.form_group_from_course(world.coordinator, course.id)).group_id
    for number, person in enumerate(people):
        (invitation,) = await world.do.groups.list_my_invitations(person)
        await world.do.groups.accept_place(person, invitation.id, f"member{number}")
    start = world.now + timedelta(hours=1)
    await world.do.meetings.plan_meeting(world.coordinator, group, start, "Library")
    world.forward(hours=2)
    late = await world.ready("late")
    with pytest.raises(GroupIsClosed):
        await world.do.groups.invite_to_place(world.coordinator, group, late.person_id)


@pytest.mark.rule("O-02")
async def test_o02_whoever_looks_finds_the_open_groups_and_nobody_in_them(world: World) -> None:
    await world.open_group(3)
    (offer,) = (await world.do.admission.list_offers(Actor(), world.organisation, FIRST_PAGE)).items
    assert isinstance(offer, OfferView)
    assert (offer.theme, offer.form, offer.area) == ("Grief", Form.IN_PERSON, "Area")
    assert "member0" not in repr(offer)


@pytest.mark.rule("O-04")
@pytest.mark.parametrize("covered", [[], ["4601"], ["4601", "4602", "1101"]])
async def test_o04_local_is_one_municipality_or_several_or_across_counties(
    world: World, covered: list[str]
) -> None:
    local = await world.do.organisations.read_organisation(world.administrator, world.organisation)
    assert local.parent_id is not None
    made = await world.do.organisations.create_organisation(
        world.administrator, local.parent_id, "Across", Country.NO, Level.LOCAL, covered
    )
    assert made.municipalities == covered
