"""Imports: each row is done once, however often it is sent, and what was refused can be put right."""

import asyncio
import hashlib
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.courses.announcement import CourseSaid, MilestoneSaid
from app.domain.courses.course import Milestone
from app.domain.courses.course_import import RowOutcome, RowSaid
from app.domain.courses.errors import CourseNotFound, ImportDiffers, ImportNotFound, LastDayBeforeFirst
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Invalid
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted
from app.services.courses.import_views import CourseImportView, ImportedRowView
from tests.services.conftest import Look
from tests.support.systems_world import let_in, machine
from tests.support.world import World


def course(own_id: str, **changes: Any) -> RowSaid:
    said: dict[str, Any] = {
        "title": "Living with pain", "first_day": date(2027, 1, 12), "last_day": date(2027, 2, 23),
        "form": "in_person", "area": "Fjordby", "language": "nb",
    }  # fmt: skip
    return RowSaid(own_id=own_id, says=CourseSaid(**(said | changes)))


class Sending:
    """An import of a system's."""

    def __init__(self, world: World, system: Actor, import_id: UUID | None = None) -> None:
        self.world, self.system, self.id = world, system, import_id or uuid4()

    async def row(self, number: int, said: RowSaid | Invalid) -> ImportedRowView:
        digest = hashlib.sha256(repr(said).encode()).digest()
        do = self.world.do.courses.import_course_row
        return await do(self.system, self.world.organisation, self.id, number, digest, said)

    async def begin(self) -> CourseImportView:
        do = self.world.do.courses.begin_course_import
        return await do(self.system, self.world.organisation, self.id)

    async def read(self) -> CourseImportView:
        return await self.world.do.courses.read_course_import(self.system, self.world.organisation, self.id)


async def begun(world: World) -> Sending:
    system = machine(f"system-{uuid4()}")
    await let_in(world, system)
    sending = Sending(world, system)
    await sending.begin()
    return sending


async def test_a_row_is_done_once_however_often_it_is_sent(world: World, look: Look) -> None:
    sending = await begun(world)
    first = await sending.row(1, course("K-1"))
    assert (first.outcome, first.done_before) == (RowOutcome.CREATED, False)
    again = await sending.row(1, course("K-1"))
    assert (again.outcome, again.done_before, again.course_id) == (RowOutcome.CREATED, True, first.course_id)
    several = await asyncio.gather(*(sending.row(2, course("K-2")) for _ in range(6)))
    assert [each.done_before for each in several].count(False) == 1
    note = RowSaid(
        own_id="K-1", says=MilestoneSaid(milestone=Milestone.TOLD_FROM_THE_START, done_on=world.now.date())
    )
    assert (await sending.row(3, note)).outcome is RowOutcome.CHANGED
    assert (await sending.row(4, note)).outcome is RowOutcome.UNCHANGED
    assert len(await look("select from course where organisation_id = $1", world.organisation)) == 2
    assert len(await look("select from feed_event where subject = $1", first.course_id)) == 2
    seen = await sending.read()
    assert (seen.rows, seen.created, seen.changed, seen.unchanged, seen.refused) == (4, 2, 1, 1, 0)


async def test_what_was_done_before_is_not_done_anew_by_another_row_of_its_number(world: World) -> None:
    sending = await begun(world)
    await sending.row(1, course("K-1"))
    with pytest.raises(ImportDiffers):
        await sending.row(1, course("K-2"))
    seen = await sending.read()
    assert (seen.rows, seen.created, seen.refused) == (1, 1, 0)


async def test_a_refused_row_is_noted_and_can_be_put_right(world: World) -> None:
    sending = await begun(world)
    wrong = course("K-1", last_day=date(2027, 1, 11))
    for _ in range(2):
        with pytest.raises(LastDayBeforeFirst):
            await sending.row(1, wrong)
    with pytest.raises(Invalid):
        await sending.row(2, Invalid())
    with pytest.raises(CourseNotFound):
        await sending.row(
            3, RowSaid(own_id="K-9", says=MilestoneSaid(milestone=Milestone.RAISED_AGAIN, done_on=None))
        )
    seen = await sending.read()
    assert [(each.row, each.code) for each in seen.refused_rows] == [
        (1, "courses.last_day_before_first"),
        (2, "shared.invalid"),
        (3, "courses.not_found"),
    ]
    assert (seen.rows, seen.refused) == (3, 3)
    right = await sending.row(1, course("K-1"))
    assert (right.outcome, right.done_before) == (RowOutcome.CREATED, False)
    assert ((await sending.read()).created, (await sending.read()).refused) == (1, 2)


async def test_an_import_is_its_systems_alone_and_who_isnt_let_has_no_outcome(world: World) -> None:
    sending = await begun(world)
    await sending.row(1, course("K-1"))
    other = Sending(world, (await begun(world)).system, sending.id)
    with pytest.raises(ImportNotFound):
        await other.read()
    assert (await other.begin()).rows == 0
    assert (await other.row(1, course("K-1", title="Grief"))).outcome is RowOutcome.CREATED
    assert (await sending.read()).rows == 1
    reading = machine(f"reading-{world.organisation}")
    await let_in(world, reading, scopes=[SystemScope.COURSES_READ])
    narrow = Sending(world, reading)
    for ask in (narrow.begin(), narrow.read(), narrow.row(1, course("K-1"))):
        with pytest.raises(ScopeNeeded):
            await ask
    for outsider in (world.coordinator, machine("never-registered")):
        stranger = Sending(world, outsider, sending.id)
        for ask in (stranger.begin(), stranger.read(), stranger.row(2, course("K-2"))):
            with pytest.raises(SystemNotAdmitted):
                await ask
    assert (await sending.read()).rows == 1


async def test_it_is_finished_when_the_end_was_reached_and_not_while_it_is_sent_again(world: World) -> None:
    sending = await begun(world)
    assert (await sending.read()).finished_at is None
    done = await world.do.courses.finish_course_import(sending.system, world.organisation, sending.id)
    assert done.finished_at is not None
    world.forward(minutes=5)
    again = await sending.begin()
    assert (again.finished_at, again.begun_at) == (None, done.begun_at)
