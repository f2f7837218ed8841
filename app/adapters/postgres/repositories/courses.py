"""Courses, their milestones, and who has signed up for their groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, func, select, update

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.courses import (
    CourseAnnouncementRow,
    CourseMilestoneRow,
    CourseRow,
    CourseSignUpRow,
)
from app.adapters.postgres.work import Work
from app.domain.courses.announcement import Announcement
from app.domain.courses.course import Course, Milestone, SignUp
from app.domain.courses.errors import CourseNotFound
from app.domain.shared.ids import CourseId, PersonId, SignUpId, SystemId

COURSE = col.table_of(CourseRow)
MILESTONE = col.table_of(CourseMilestoneRow)
SIGN_UP = col.table_of(CourseSignUpRow)
ANNOUNCEMENT = col.table_of(CourseAnnouncementRow)
_MAPPER = Mapper(Course, COURSE, computed=("done",))
_SIGN_UPS = Mapper(SignUp, SIGN_UP)
_ANNOUNCEMENTS = Mapper(Announcement, ANNOUNCEMENT)

_DONE = (
    select(func.jsonb_object_agg(MILESTONE.c.milestone, MILESTONE.c.done_on))
    .where(MILESTONE.c.organisation_id == COURSE.c.organisation_id, MILESTONE.c.course_id == COURSE.c.id)
    .correlate(COURSE)
    .scalar_subquery()
)
LOAD_COURSES = select(*COURSE.columns, _DONE.label("done"), service_clock().label("clock")).where(
    COURSE.c.organisation_id == p("organisation_id")
)
_GET = Statement(LOAD_COURSES.where(COURSE.c.id == p("id_")))
_BY_CODE = Statement(
    select(COURSE.c.id)
    .where(COURSE.c.organisation_id == p("organisation_id"), COURSE.c.sign_up_code == p("code"))
    .with_for_update(key_share=True)
)
_LOCK = Statement(
    select(COURSE.c.id)
    .where(COURSE.c.organisation_id == p("organisation_id"), COURSE.c.id == p("id_"))
    .with_for_update()
)
_ADD = inserting(COURSE)
_KEPT = ("organisation_id", "id", "sign_up_code", "created_at")
_SAVE = Statement(
    update(COURSE)
    .where(COURSE.c.organisation_id == p("key_org"), COURSE.c.id == p("key_id"))
    .values({column.name: p(f"new_{column.name}") for column in COURSE.columns if column.name not in _KEPT})
)
_FORGET_MILESTONES = Statement(
    delete(MILESTONE).where(
        MILESTONE.c.organisation_id == p("organisation_id"), MILESTONE.c.course_id == p("course_id")
    )
)
_ADD_MILESTONE = inserting(MILESTONE)
_ADD_SIGN_UP = inserting(SIGN_UP)
_WITHDRAW = Statement(
    delete(SIGN_UP).where(
        SIGN_UP.c.organisation_id == p("organisation_id"),
        SIGN_UP.c.id == p("id_"),
        SIGN_UP.c.person_id == p("person_id"),
    )
)
OF_COURSE = and_(SIGN_UP.c.organisation_id == p("organisation_id"), SIGN_UP.c.course_id == p("course_id"))
_REMOVE = Statement(delete(SIGN_UP).where(OF_COURSE, SIGN_UP.c.person_id == func.any(p("people"))))
_REMOVE_ALL = Statement(delete(SIGN_UP).where(OF_COURSE))
_WAITING = Statement(select(*SIGN_UP.columns).where(OF_COURSE).order_by(SIGN_UP.c.signed_up_at, SIGN_UP.c.id))
_ANNOUNCE = inserting(ANNOUNCEMENT)
_ANNOUNCED = Statement(
    select(*ANNOUNCEMENT.columns).where(
        ANNOUNCEMENT.c.organisation_id == p("organisation_id"),
        ANNOUNCEMENT.c.system_id == func.any(p("systems")),
        ANNOUNCEMENT.c.own_id == p("own_id"),
    )
)


def to_course(row: Any) -> Course:
    done = row["done"] or {}
    return _MAPPER.to_entity(
        row, done={Milestone(name): date.fromisoformat(day) for name, day in done.items()}
    )


@dataclass(slots=True)
class PostgresCourses:
    """See `services.courses.ports.Courses`."""

    work: Work

    async def add(self, course: Course) -> None:
        await _ADD.run(self.work.connection, **_MAPPER.to_values(course))

    async def get(self, course: CourseId) -> Course:
        row = await _GET.row(self.work.connection, **self.work.scope(id_=course))
        if row is None:
            raise CourseNotFound
        self.work.tell(row["clock"])
        return to_course(row)

    async def lock(self, course: CourseId) -> Course:
        await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, id_=course)
        return await self.get(course)

    async def lock_by_code(self, code: str) -> Course | None:
        found = await _BY_CODE.value(self.work.connection, organisation_id=self.work.organisation, code=code)
        return None if found is None else await self.get(CourseId(found))

    async def save(self, course: Course) -> None:
        course.version += 1
        values = {f"new_{name}": value for name, value in _MAPPER.to_values(course).items()}
        await _SAVE.run(self.work.connection, key_org=course.organisation_id, key_id=course.id, **values)
        mine = {"organisation_id": course.organisation_id, "course_id": course.id}
        await _FORGET_MILESTONES.run(self.work.connection, **mine)
        rows = [{**mine, "milestone": each, "done_on": day} for each, day in course.done.items()]
        await _ADD_MILESTONE.run_many(self.work.connection, rows)

    async def sign_up(self, sign_up: SignUp) -> None:
        await _ADD_SIGN_UP.run(self.work.connection, **_SIGN_UPS.to_values(sign_up))

    async def withdraw(self, sign_up: SignUpId, person: PersonId) -> bool:
        gone = await _WITHDRAW.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            id_=sign_up,
            person_id=person,
        )
        return gone > 0

    async def remove_sign_ups(self, course: CourseId, people: list[PersonId]) -> None:
        await _REMOVE.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            course_id=course,
            people=people,
        )

    async def remove_all_sign_ups(self, course: CourseId) -> None:
        await _REMOVE_ALL.run(self.work.connection, organisation_id=self.work.organisation, course_id=course)

    async def waiting(self, course: CourseId) -> list[SignUp]:
        rows = await _WAITING.fetch(
            self.work.connection, organisation_id=self.work.organisation, course_id=course
        )
        return [_SIGN_UPS.to_entity(row) for row in rows]


@dataclass(slots=True)
class PostgresAnnouncements:
    """See `services.courses.ports.Announcements`."""

    work: Work

    async def find(self, systems: Sequence[SystemId], own_id: str) -> list[Announcement]:
        rows = await _ANNOUNCED.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            systems=list(systems),
            own_id=own_id,
        )
        return [_ANNOUNCEMENTS.to_entity(row) for row in rows]

    async def add(self, announcement: Announcement) -> None:
        await _ANNOUNCE.run(self.work.connection, **_ANNOUNCEMENTS.to_values(announcement))
