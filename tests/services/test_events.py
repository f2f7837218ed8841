"""Following what happens: who is told what, from where on, and what can't be told by the feed."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.courses.course import Milestone
from app.domain.events.errors import EventsForgotten, EventTypeNotTold, EventTypeUnknown
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import CursorMismatch
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted
from app.services.events.views import EventPageView
from tests.services.conftest import Look
from tests.support.courses_world import course_of
from tests.support.systems_world import MUNICIPALITY, let_in, machine, municipal
from tests.support.world import World

INSIDE = (
    "group.ballot",
    "group.member",
    "group.absence",
    "group.meeting",
    "group.application",
    "group.place",
)


async def read(world: World, actor: Actor, after: str | None = None, **asked: Any) -> EventPageView:
    return await world.do.events.list_events(actor, world.organisation, after, **asked)


async def follow(world: World, actor: Actor, after: str | None = None, limit: int = 100) -> list[Any]:
    found: list[Any] = []
    more = True
    while more:
        page = await read(world, actor, after, limit=limit)
        found += page.events
        after, more = page.next, page.more
    return found


def types(page: EventPageView) -> list[str]:
    return [event.type for event in page.events]


@pytest.mark.rule("O-01")
@pytest.mark.hazard("P-h1", "P-h6", "P-h14", "B-29")
async def test_a_municipality_hears_of_courses_and_offers_and_never_of_a_group_from_inside(
    world: World, look: Look
) -> None:
    system = municipal()
    await let_in(world, system)
    start = (await read(world, system)).next
    course = await course_of(world)
    await world.do.courses.note_milestone(
        world.coordinator, course.id, Milestone.TOLD_FROM_THE_START, world.now.date()
    )
    group, code = await world.open_group(4, seats=8)
    await world.admitted(group, code)
    forming = await world.forming(2)
    await world.do.groups.publish_offer(world.coordinator, forming.id)
    await world.do.groups.unpublish_offer(world.coordinator, forming.id)
    page = await read(world, system, start)
    assert [(event.type, event.subject) for event in page.events] == [
        ("course.created", course.id),
        ("course.milestone_noted", course.id),
        ("group.offer.published", forming.id),
        ("group.offer.taken_down", forming.id),
    ]
    staff = {event.type for event in await follow(world, world.coordinator)}
    assert "group.formed" in staff
    assert not [name for name in staff if name.startswith(INSIDE)]
    happened = await look("select type from outbox where organisation_id = $1", world.organisation)
    assert any(row["type"] == "group.member.admitted" for row in happened)
    kept = await look("select type from feed_event where organisation_id = $1", world.organisation)
    assert not [row["type"] for row in kept if row["type"].startswith(INSIDE)]


async def test_an_event_is_a_cloud_event_with_ids_alone(world: World) -> None:
    course = await course_of(world)
    (event,) = (await read(world, world.coordinator, types="course.created")).events
    assert (event.specversion, event.source) == ("1.0", f"/v1/organisations/{world.organisation}")
    assert (event.type, event.subject, event.data.course_id) == ("course.created", course.id, course.id)
    assert (event.data.group_id, event.data.assignment_id, event.data.system_id) == (None, None, None)


async def test_who_may_not_follow_and_who_sees_which_part(world: World) -> None:
    narrow, wide = machine(f"narrow-{world.organisation}"), machine(f"wide-{world.organisation}")
    await let_in(world, narrow, scopes=[SystemScope.EVENTS_READ])
    await let_in(world, wide, scopes=[SystemScope.EVENTS_READ, SystemScope.COURSES_READ])
    await course_of(world)
    assert types(await read(world, narrow)) == []
    assert types(await read(world, wide)) == ["course.created"]
    assert types(await read(world, world.coordinator)) == ["course.created"]
    assert types(await read(world, world.administrator)) == ["system.registered", "system.registered"]
    for outsider in (await world.registered(), await world.person()):
        with pytest.raises(NotStaff):
            await read(world, outsider)
    with pytest.raises(SystemNotAdmitted):
        await read(world, machine("nobody-knows-it"))
    other = machine(f"other-{world.organisation}")
    await let_in(world, other, scopes=[SystemScope.COURSES_READ])
    with pytest.raises(ScopeNeeded):
        await read(world, other)
    unsigned = await world.registered()
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, unsigned.person_id, Role.COORDINATOR
    )
    with pytest.raises(StaffDeclarationNeeded):
        await read(world, unsigned)


async def test_what_one_is_never_told_is_refused_and_named_not_answered_with_nothing_for_ever(
    world: World,
) -> None:
    narrow, wide = machine(f"narrow-{world.organisation}"), machine(f"wide-{world.organisation}")
    await let_in(world, narrow, scopes=[SystemScope.EVENTS_READ])
    await let_in(world, wide, scopes=[SystemScope.EVENTS_READ, SystemScope.COURSES_READ])
    for reader, asked, never in (
        (wide, "group.ballot.closed", "group.ballot.closed"),
        (wide, "course.created,intake.assessment.asked,group.begun", "group.begun, intake.assessment.asked"),
        (wide, "group.formed", "group.formed"),
        (narrow, "course.created", "course.created"),
        (world.coordinator, "group.member.left", "group.member.left"),
        (world.coordinator, "system.revoked", "system.revoked"),
        (world.administrator, "course.created", "course.created"),
    ):
        with pytest.raises(EventTypeNotTold) as refused:
            await read(world, reader, types=asked)
        assert (refused.value.pointer, refused.value.facts) == ("/types", {"types": never})
    assert (await read(world, wide, types="course.created")).events == []
    assert (await read(world, world.coordinator, types="group.formed")).events == []


async def test_page_by_page_nothing_is_missing_and_nothing_comes_twice(world: World) -> None:
    courses = [(await course_of(world)).id for _ in range(7)]
    assert [event.subject for event in await follow(world, world.coordinator, limit=2)] == courses
    page = await read(world, world.coordinator, limit=7)
    assert (len(page.events), page.more, page.ask_again_seconds) == (7, False, 60)
    page = await read(world, world.coordinator, limit=6)
    assert (len(page.events), page.more, page.ask_again_seconds) == (6, True, 0)


@pytest.mark.hazard("B-06", "B-29")
async def test_a_position_moves_with_what_is_shown_and_with_nothing_else(world: World) -> None:
    """What is hidden and what isn't there look the same: the answer doesn't change by a byte."""
    system = municipal()
    await let_in(world, system, scopes=[SystemScope.EVENTS_READ])
    before = await read(world, system)
    await course_of(world)
    group, code = await world.open_group(4, seats=8)
    await world.admitted(group, code)
    world_moved = timedelta(hours=2)  # `open_group` lets two hours pass
    after = await read(world, system, before.next)
    if (world.now - world_moved).date() == world.now.date():
        assert after == before
    assert after.events == []


async def test_a_position_is_for_its_reader_and_its_question(world: World) -> None:
    first, second = municipal(), machine(f"second-{world.organisation}")
    await let_in(world, first)
    await let_in(world, second)
    mine = (await read(world, first)).next
    spoilt = mine[:-2] + ("A" if mine[-2] != "A" else "B") + mine[-1]
    for reader, position, asked in (
        (second, mine, {}),
        (world.coordinator, mine, {}),
        (first, mine, {"types": "course.created"}),
        (first, spoilt, {}),
        (first, "", {}),
    ):
        with pytest.raises(CursorMismatch):
            await read(world, reader, position, **asked)
    with pytest.raises(EventTypeUnknown):
        await read(world, first, types="course.created,course.invented")
    elsewhere = await World(world.service, world.travel).begin()
    await let_in(elsewhere, first)
    with pytest.raises(CursorMismatch):
        await read(elsewhere, first, mine)
    assert (await read(world, municipal(MUNICIPALITY), mine)).events == []


async def test_what_is_too_old_is_said_and_whoever_begins_anew_goes_on(world: World) -> None:
    await course_of(world)
    old = (await read(world, world.coordinator)).next
    world.forward(days=27)
    later = await course_of(world)
    assert [event.subject for event in (await read(world, world.coordinator, old)).events] == [later.id]
    world.forward(days=2)
    with pytest.raises(EventsForgotten) as refused:
        await read(world, world.coordinator, old)
    assert refused.value.facts["days"] == 28
    anew = await read(world, world.coordinator)
    assert [event.subject for event in anew.events] == [later.id]
    world.forward(days=20)
    assert (await read(world, world.coordinator, anew.next)).events == []


async def test_whoever_asks_now_and_then_never_meets_the_end_of_a_position(world: World) -> None:
    """Each answer gives a position that holds anew, though nothing happened."""
    position = (await read(world, world.coordinator)).next
    for _ in range(3):
        world.forward(days=20)
        position = (await read(world, world.coordinator, position)).next
    course = await course_of(world)
    assert [event.subject for event in (await read(world, world.coordinator, position)).events] == [course.id]
