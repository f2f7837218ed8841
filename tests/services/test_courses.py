"""From a course to a forming group: by the person's own sign-up, and by their own yes."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app.domain.courses.course import Milestone, MilestoneState
from app.domain.courses.errors import (
    AlreadySignedUp,
    CourseNotFound,
    CourseOver,
    NobodyToInvite,
    SignUpNotFound,
    SignUpNotOpen,
    StartUndecided,
)
from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.errors import Stale
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.courses_world import course_of, signed_up
from tests.support.world import World


@pytest.mark.rule("R-08", "R-09", "A-07")
async def test_sign_ups_become_a_forming_group_of_people_who_say_yes_themselves(world: World) -> None:
    course = await course_of(world, seats=3)
    people = [(await signed_up(world, course))[0] for _ in range(4)]
    unready, _ = await signed_up(world, course, ready=False)
    formed = await world.do.courses.form_group_from_course(world.coordinator, course.id)
    assert (formed.invited, formed.waiting_for_intake, formed.left_over) == (3, 1, 1)
    # The first three have an invitation, and no sign-up any more; nobody is in the group.
    for person in people[:3]:
        (invitation,) = await world.do.groups.list_my_invitations(person)
        assert invitation.group_id == formed.group_id
        assert await world.do.courses.list_my_sign_ups(person) == []
    group = await world.do.groups.read_group(world.coordinator, formed.group_id)
    assert group.member_count == 0
    waiting = (await world.do.courses.list_sign_ups(world.coordinator, course.id, FIRST_PAGE)).items
    assert [entry.person_id for entry in waiting] == [people[3].person_id, unready.person_id]
    # Those who are left over can be a second group.
    again = await world.do.courses.form_group_from_course(world.coordinator, course.id)
    assert (again.invited, again.waiting_for_intake) == (1, 1)
    assert again.group_id != formed.group_id
    with pytest.raises(NobodyToInvite):
        await world.do.courses.form_group_from_course(world.coordinator, course.id)


@pytest.mark.rule("R-02")
async def test_date_and_place_come_before_sign_up_and_stay(world: World, database_url: str) -> None:
    course = await course_of(world, place=None)
    do, coordinator = world.do.courses, world.coordinator
    with pytest.raises(StartUndecided):
        await do.open_sign_up(coordinator, course.id)
    whole: dict[str, Any] = {
        "title": course.title, "first_day": course.first_day, "last_day": course.last_day,
        "form": course.form, "area": course.area, "language": course.language,
        "group_starts_at": course.group_starts_at, "group_place": "Café",
    }  # fmt: skip
    course = await do.edit_course(coordinator, course.id, course.version, **whole)
    with pytest.raises(Stale):
        await do.edit_course(coordinator, course.id, course.version - 1, **whole)
    opened = await do.open_sign_up(coordinator, course.id)
    assert opened.sign_up_open
    with pytest.raises(StartUndecided):
        await do.edit_course(coordinator, course.id, opened.version, **{**whole, "group_place": None})
    connection = await asyncpg.connect(database_url)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute("alter table course no force row level security")
        with pytest.raises(asyncpg.CheckViolationError, match="start_decided"):
            await connection.execute("update course set group_place = null where id = $1", course.id)
    finally:
        await transaction.rollback()
        await connection.close()


@pytest.mark.rule("A-06", "A-07")
@pytest.mark.hazard("I-h3", "P-h14", "P-h16")
async def test_only_the_person_signs_up_and_every_wrong_code_reads_the_same(world: World) -> None:
    course = await course_of(world)
    sign_up = world.do.courses.sign_up_for_group
    code = str((await world.do.courses.open_sign_up(world.coordinator, course.id)).sign_up_code)
    somebody = await world.ready("somebody")
    with pytest.raises(NotRegistered):
        await sign_up(await world.person("stranger"), world.organisation, code)
    mine = await sign_up(somebody, world.organisation, code)
    assert (mine.group_place, mine.group_starts_at) == ("Library", course.group_starts_at)
    with pytest.raises(AlreadySignedUp):
        await sign_up(somebody, world.organisation, code)
    late = await world.ready("late")
    with pytest.raises(SignUpNotOpen) as unknown:
        await sign_up(late, world.organisation, "no" + code)
    await world.do.courses.cancel_course(world.coordinator, course.id)
    with pytest.raises(SignUpNotOpen) as over:
        await sign_up(late, world.organisation, code)
    assert (unknown.value.code, unknown.value.facts) == (over.value.code, over.value.facts)
    assert await world.do.courses.list_my_sign_ups(somebody) == []


async def test_a_sign_up_is_taken_back_by_its_person_alone_and_leaves_nothing(
    world: World, look: Look
) -> None:
    course = await course_of(world)
    somebody, mine = await signed_up(world, course)
    other, _ = await signed_up(world, course)
    with pytest.raises(SignUpNotFound):
        await world.do.courses.withdraw_sign_up(other, mine.id)
    await world.do.courses.withdraw_sign_up(somebody, mine.id)
    with pytest.raises(SignUpNotFound):
        await world.do.courses.withdraw_sign_up(somebody, mine.id)
    assert not await look("select from course_sign_up where id = $1", mine.id)


@pytest.mark.rule("R-03", "R-12")
async def test_milestones_are_noted_and_seen_by_coordinators_alone(world: World) -> None:
    course = await course_of(world)
    do, coordinator = world.do.courses, world.coordinator
    first = course.milestones[0]
    assert (first.milestone, first.state) == (Milestone.TOLD_FROM_THE_START, MilestoneState.DUE)
    noted = await do.note_milestone(coordinator, course.id, first.milestone, course.first_day)
    assert noted.milestones[0].state is MilestoneState.DONE
    assert (await do.read_course(coordinator, course.id)).milestones == noted.milestones
    taken_back = await do.note_milestone(coordinator, course.id, first.milestone)
    assert taken_back.milestones == course.milestones
    for outsider in (world.administrator, await world.ready("somebody")):
        with pytest.raises(CourseNotFound):
            await do.read_course(outsider, course.id)


async def test_with_the_groups_start_a_course_is_over_whether_or_not_anybody_looks(world: World) -> None:
    course = await course_of(world, group_starts_at=world.now + timedelta(days=2))
    somebody, _ = await signed_up(world, course)
    world.forward(days=3)
    assert await world.do.courses.list_my_sign_ups(somebody) == []
    assert not (await world.do.courses.read_course(world.coordinator, course.id)).sign_up_open
    with pytest.raises(CourseOver):
        await world.do.courses.form_group_from_course(world.coordinator, course.id)


async def test_courses_are_listed(world: World) -> None:
    for _ in range(3):
        await course_of(world)
    page = await world.do.courses.list_courses(world.coordinator, world.organisation, FIRST_PAGE)
    assert len(page.items) == 3
    assert page.after is None
