"""Courses that systems announce under ids of their own: said twice, said once; and each system's are its own."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.courses.announcement import AnnouncementOutcome as Outcome
from app.domain.courses.course import Milestone, MilestoneState
from app.domain.courses.errors import (
    CourseNotFound,
    CourseOver,
    LastDayBeforeFirst,
    MilestoneInTheFuture,
    OwnIdAmbiguous,
)
from app.domain.groups.group import TooManySeats
from app.domain.people.national_id import NationalIdInWords
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Invalid
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted
from app.services.ports.paging import FIRST_PAGE, PageRequest
from tests.services.conftest import Look
from tests.support.courses_world import announced, signed_up
from tests.support.systems_world import MUNICIPALITY, STRANGER, SUPPLIER, let_in, machine, municipal
from tests.support.world import World


async def system_of(world: World, name: str = "system") -> Actor:
    system = machine(f"{name}-{world.organisation}")
    await let_in(world, system)
    return system


async def test_what_is_said_twice_is_done_once_and_nobody_is_told_twice(world: World, look: Look) -> None:
    system = await system_of(world)
    first = await announced(world, system, "K-1", seats=5)
    assert first.outcome is Outcome.CREATED
    for _ in range(2):
        again = await announced(world, system, "K-1", seats=5)
        assert again.outcome is Outcome.UNCHANGED
        assert again.course == first.course
    changed = await announced(world, system, "K-1", seats=5, title="Living well with pain")
    assert changed.outcome is Outcome.CHANGED
    assert (changed.course.id, changed.course.title) == (first.course.id, "Living well with pain")
    told = await look("select type from feed_event where subject = $1 order by position", first.course.id)
    assert [row["type"] for row in told] == ["course.created", "course.changed"]


async def test_the_same_said_at_once_by_many_is_one_course(world: World, look: Look) -> None:
    system = await system_of(world)
    said = await asyncio.gather(*(announced(world, system, "K-1") for _ in range(8)))
    assert sorted(each.outcome for each in said) == [
        Outcome.CREATED,
        *[Outcome.UNCHANGED] * 7,
    ]
    assert len(await look("select from course where organisation_id = $1", world.organisation)) == 1


@pytest.mark.hazard("P-h5")
async def test_no_system_sees_or_takes_anothers(world: World) -> None:
    one, other = await system_of(world, "one"), await system_of(world, "other")
    mine, theirs = await announced(world, one, "K-1"), await announced(world, other, "K-1", title="Grief")
    assert (theirs.outcome, theirs.course.title) == (Outcome.CREATED, "Grief")
    assert mine.course.id != theirs.course.id
    only = await announced(world, one, "K-2")
    do = world.do.courses
    with pytest.raises(CourseNotFound):
        await do.read_announced_course(other, world.organisation, "K-2")
    day = world.now.date()
    with pytest.raises(CourseNotFound):
        await do.note_announced_milestone(
            other, world.organisation, "K-2", Milestone.TOLD_FROM_THE_START, day
        )
    assert (await do.read_announced_course(one, world.organisation, "K-1")).course == mine.course
    page = await do.list_announced_courses(one, world.organisation, PageRequest(limit=1))
    rest = await do.list_announced_courses(one, world.organisation, PageRequest(after=page.after))
    assert [each.own_id for each in (*page.items, *rest.items)] == ["K-2", "K-1"]
    assert page.items[0].course == only.course
    (alone,) = (await do.list_announced_courses(other, world.organisation, FIRST_PAGE)).items
    assert alone.course.id == theirs.course.id
    elsewhere = await World(world.service, world.travel).begin()
    await let_in(elsewhere, one)
    assert (await announced(elsewhere, one, "K-1")).outcome is Outcome.CREATED


@pytest.mark.rule("R-02")
async def test_what_is_left_out_is_the_organisations_to_decide(world: World) -> None:
    system = await system_of(world)
    course = (await announced(world, system, "K-1")).course
    starts = (world.now + timedelta(days=30)).replace(microsecond=0)
    decided = await world.do.courses.edit_course(
        world.coordinator, course.id, course.version, course.title, course.first_day, course.last_day,
        course.form, course.area, course.language, "Pain", 5, starts, "Library", "Side entrance.",
    )  # fmt: skip
    opened = await world.do.courses.open_sign_up(world.coordinator, course.id)
    again = await announced(world, system, "K-1")
    assert (again.outcome, again.course.version) == (Outcome.UNCHANGED, opened.version)
    moved = (await announced(world, system, "K-1", title="Pain")).course
    assert (moved.theme, moved.seats) == ("Pain", 5)
    kept = await world.do.courses.read_course(world.coordinator, course.id)
    assert (kept.group_starts_at, kept.group_place) == (starts, decided.group_place)
    assert kept.practical == "Side entrance."
    assert moved.sign_up_open
    assert moved.sign_up_code is None  # codes are for people


@pytest.mark.hazard("P-h7", "P-h14")
async def test_ph14_nobodys_number_is_an_id_a_purpose_or_an_address(world: World) -> None:
    system, number = await system_of(world), "15076500565"
    for own_id in (number, "150765-00565", f"K-2027-{number}"):
        with pytest.raises(NationalIdInWords) as refused:
            await announced(world, system, own_id)
        assert refused.value.pointer == "/own_id"
    assert (await announced(world, system, "0101701234")).outcome is Outcome.CREATED
    with pytest.raises(NationalIdInWords):
        await announced(world, system, "K-1", practical=f"Kari, {number}")
    hook, of = world.do.events, world.organisation
    for url, purpose in ((f"https://example.org/{number}", "News"), ("https://example.org/", f"Of {number}")):
        with pytest.raises(NationalIdInWords):
            await hook.register_webhook(world.administrator, of, url, purpose)
    known = (await hook.register_webhook(world.administrator, of, "https://example.org/", "News")).webhook
    for url, purpose in ((f"https://example.org/{number}", "News"), ("https://example.org/", f"Of {number}")):
        with pytest.raises(NationalIdInWords):
            await hook.change_webhook(world.administrator, known.id, known.version, url, purpose)
    until = world.now + timedelta(days=9)
    account = await let_in(world, municipal())
    for name, purpose in ((f"Of {number}", "Courses"), ("Courses", f"Of {number}")):
        with pytest.raises(NationalIdInWords):
            await world.do.systems.register_system(
                world.administrator, of, name, purpose, [], until, SUPPLIER
            )
        with pytest.raises(NationalIdInWords):
            await world.do.systems.change_system(
                world.administrator, account.id, account.version, name, purpose, [], until
            )


@pytest.mark.hazard("P-h14")
async def test_ph14_a_system_hears_of_the_groups_start_only_what_it_says_itself(world: World) -> None:
    """Also where it has announced the course: what the organisation decided afterwards is told to those who signed up."""
    system = await system_of(world)
    starts = (world.now + timedelta(days=30)).replace(microsecond=0)
    said = await announced(world, system, "K-1", group_starts_at=starts, group_place="Library")
    assert (said.course.group_starts_at, said.course.group_place) == (starts, "Library")
    course = await world.do.courses.read_course(world.coordinator, said.course.id)
    await world.do.courses.edit_course(
        world.coordinator, course.id, course.version, course.title, course.first_day, course.last_day,
        course.form, course.area, course.language, None, 5, starts, "Ann's kitchen", "Side entrance.",
    )  # fmt: skip
    do, of = world.do.courses, world.organisation
    (listed,) = (await do.list_announced_courses(system, of, FIRST_PAGE)).items
    note = Milestone.TOLD_FROM_THE_START
    for seen in (
        (await do.read_announced_course(system, of, "K-1")).course,
        listed.course,
        (await do.note_announced_milestone(system, of, "K-1", note, world.now.date())).course,
        (await announced(world, system, "K-1")).course,
        await do.read_course(system, course.id),
        *(await do.list_courses(system, of, FIRST_PAGE)).items,
    ):
        assert seen.id == course.id
        assert (seen.group_starts_at, seen.group_place, seen.practical) == (None, None, None)


async def test_cancelled_is_for_good_and_a_course_that_is_over_stays_as_it_is(
    world: World, look: Look
) -> None:
    system = await system_of(world)
    starts = world.now + timedelta(days=30)
    course = (await announced(world, system, "K-1", group_starts_at=starts, group_place="Library")).course
    await signed_up(world, course)
    gone = await announced(world, system, "K-1", cancelled=True)
    assert (gone.outcome, gone.course.cancelled) == (Outcome.CHANGED, True)
    assert not await look("select from course_sign_up where course_id = $1", course.id)
    for cancelled in (True, False):
        again = await announced(world, system, "K-1", cancelled=cancelled)
        assert (again.outcome, again.course.cancelled) == (Outcome.UNCHANGED, True)
    with pytest.raises(CourseOver):
        await announced(world, system, "K-1", title="Another")
    whole = await announced(world, system, "K-2", cancelled=True)
    assert (whole.outcome, whole.course.cancelled) == (Outcome.CREATED, True)
    told = await look("select type from feed_event where subject = $1 order by position", whole.course.id)
    assert [row["type"] for row in told] == ["course.created", "course.cancelled"]


@pytest.mark.rule("R-03")
async def test_a_milestone_is_noted_once_and_taken_back_once(world: World, look: Look) -> None:
    system, day = await system_of(world), world.now.date()
    course = (await announced(world, system, "K-1")).course
    note, what = world.do.courses.note_announced_milestone, Milestone.TOLD_FROM_THE_START
    said = [
        (await note(system, world.organisation, "K-1", what, on)).outcome
        for on in (day, day, None, None, day)
    ]
    assert said == [
        Outcome.CHANGED, Outcome.UNCHANGED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.CHANGED,
    ]  # fmt: skip
    view = await world.do.courses.read_course(world.coordinator, course.id)
    assert view.milestones[0].state is MilestoneState.DONE
    told = await look("select from feed_event where subject = $1", course.id)
    assert len(told) == 1 + 3
    with pytest.raises(MilestoneInTheFuture):
        await note(system, world.organisation, "K-1", what, day + timedelta(days=2))


@pytest.mark.hazard("P-h5")
async def test_ph5_a_merged_municipality_means_what_both_had_announced(world: World) -> None:
    accounts = [await let_in(world, municipal(number)) for number in (MUNICIPALITY, SUPPLIER)]
    first = await announced(world, municipal(MUNICIPALITY), "K-1")
    second = await announced(world, municipal(SUPPLIER), "K-2", title="Grief")
    for number in (MUNICIPALITY, SUPPLIER):
        await announced(world, municipal(number), "K-both")
    await let_in(world, municipal(STRANGER), continues=[each.id for each in accounts])
    merged = municipal(STRANGER)
    assert (await announced(world, merged, "K-1")).course == first.course
    moved = await announced(world, merged, "K-2", title="Sorrow")
    assert (moved.outcome, moved.course.id) == (Outcome.CHANGED, second.course.id)
    with pytest.raises(OwnIdAmbiguous):
        await announced(world, merged, "K-both")
    assert (await announced(world, merged, "K-3")).outcome is Outcome.CREATED


@pytest.mark.rule("A-06")
async def test_only_a_system_that_is_let_announces_and_what_it_says_has_to_fit(world: World) -> None:
    reading = machine(f"reading-{world.organisation}")
    await let_in(world, reading, scopes=[SystemScope.COURSES_READ])
    with pytest.raises(ScopeNeeded):
        await announced(world, reading, "K-1")
    for outsider in (world.coordinator, world.administrator, machine("never-registered")):
        with pytest.raises(SystemNotAdmitted):
            await announced(world, outsider, "K-1")
    system = await system_of(world)
    for own_id in ("", "-K", "K/1", "K 1", "K\n", "æ", "K" * 65):
        with pytest.raises(Invalid):
            await announced(world, system, own_id)
    with pytest.raises(LastDayBeforeFirst):
        await announced(world, system, "K-1", last_day=world.now.date() - timedelta(days=8))
    await world.policy(size_max=6)
    with pytest.raises(TooManySeats):
        await announced(world, system, "K-1", seats=8)
    await announced(world, system, "K-1")
    with pytest.raises(TooManySeats):
        await announced(world, system, "K-1", seats=8)
    with pytest.raises(LastDayBeforeFirst):
        await announced(world, system, "K-1", last_day=world.now.date() - timedelta(days=8))
