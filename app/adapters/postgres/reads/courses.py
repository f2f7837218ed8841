"""Courses for showing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Uuid, and_, func, or_, select, tuple_

from app.adapters.postgres.reads.paging import instant_and_id, page_of
from app.adapters.postgres.repositories.courses import (
    ANNOUNCEMENT,
    COURSE,
    LOAD_COURSES,
    OF_COURSE,
    SIGN_UP,
    to_course,
)
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.sealing import opened_name, registered_name
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.courses.course import Course
from app.domain.shared.errors import CursorMismatch
from app.domain.shared.ids import CourseId, PersonId, SignUpId, SystemId
from app.services.courses.views import MySignUp, SignUpEntry
from app.services.ports.paging import Page, PageRequest

_PAGE = Statement(
    LOAD_COURSES.where(
        or_(
            p("after_day", Date).is_(None),
            tuple_(COURSE.c.first_day, COURSE.c.id) < tuple_(p("after_day"), p("after_id", Uuid)),
        )
    )
    .order_by(COURSE.c.first_day.desc(), COURSE.c.id.desc())
    .limit(p("limit"))
)
_ANNOUNCED = Statement(
    LOAD_COURSES.add_columns(ANNOUNCEMENT.c.own_id)
    .join(
        ANNOUNCEMENT,
        and_(
            ANNOUNCEMENT.c.organisation_id == COURSE.c.organisation_id,
            ANNOUNCEMENT.c.course_id == COURSE.c.id,
        ),
    )
    .where(
        ANNOUNCEMENT.c.system_id == func.any(p("systems")),
        or_(
            p("after_at", COURSE.c.created_at.type).is_(None),
            tuple_(COURSE.c.created_at, COURSE.c.id) < tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(COURSE.c.created_at.desc(), COURSE.c.id.desc())
    .limit(p("limit"))
)
_ENTRIES = Statement(
    select(SIGN_UP.c.id, SIGN_UP.c.person_id, SIGN_UP.c.signed_up_at, registered_name(REGISTRATION))
    .join(
        REGISTRATION,
        and_(
            REGISTRATION.c.organisation_id == SIGN_UP.c.organisation_id,
            REGISTRATION.c.person_id == SIGN_UP.c.person_id,
        ),
    )
    .where(
        OF_COURSE,
        or_(
            p("after_at", SIGN_UP.c.signed_up_at.type).is_(None),
            tuple_(SIGN_UP.c.signed_up_at, SIGN_UP.c.id) > tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(SIGN_UP.c.signed_up_at, SIGN_UP.c.id)
    .limit(p("limit"))
)
_MINE = Statement(
    select(
        SIGN_UP.c.id,
        SIGN_UP.c.organisation_id,
        SIGN_UP.c.signed_up_at,
        COURSE.c.title,
        COURSE.c.group_starts_at,
        COURSE.c.group_place,
        COURSE.c.practical,
    )
    .join(
        COURSE,
        and_(COURSE.c.organisation_id == SIGN_UP.c.organisation_id, COURSE.c.id == SIGN_UP.c.course_id),
    )
    .where(
        SIGN_UP.c.organisation_id == p("organisation_id"),
        SIGN_UP.c.person_id == p("person_id"),
        COURSE.c.group_starts_at > p("now"),
    )
    .order_by(COURSE.c.group_starts_at, SIGN_UP.c.id)
)


def _day_and_id(after: tuple[str, ...] | None) -> dict[str, Any]:
    if after is None:
        return {"after_day": None, "after_id": None}
    try:
        day, entry = after
        return {"after_day": date.fromisoformat(day), "after_id": UUID(entry)}
    except ValueError:
        raise CursorMismatch from None


@dataclass(slots=True)
class PostgresCourseReads:
    """See `services.courses.ports.CourseReads`."""

    work: Work

    async def page(self, request: PageRequest) -> Page[Course]:
        rows = await _PAGE.fetch(
            self.work.connection,
            **self.work.scope(limit=request.limit + 1),
            **_day_and_id(request.after),
        )
        return page_of(rows, request, to_course, lambda row: (row["first_day"].isoformat(), str(row["id"])))

    async def announced(self, systems: Sequence[SystemId], request: PageRequest) -> Page[tuple[str, Course]]:
        rows = await _ANNOUNCED.fetch(
            self.work.connection,
            **self.work.scope(
                systems=list(systems), limit=request.limit + 1, **instant_and_id(request.after)
            ),
        )
        return page_of(
            rows,
            request,
            lambda row: (row["own_id"], to_course(row)),
            lambda row: (row["created_at"].isoformat(), str(row["id"])),
        )

    async def sign_ups(self, course: CourseId, request: PageRequest) -> Page[SignUpEntry]:
        rows = await _ENTRIES.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            course_id=course,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: SignUpEntry(
                id=SignUpId(row["id"]),
                person_id=PersonId(row["person_id"]),
                name=opened_name(self.work.vault, self.work.organisation, row["person_id"], row["name"]),
                signed_up_at=row["signed_up_at"],
            ),
            lambda row: (row["signed_up_at"].isoformat(), str(row["id"])),
        )

    async def mine(self, person: PersonId, now: datetime) -> list[MySignUp]:
        rows = await _MINE.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person, now=now
        )
        return [
            MySignUp(
                id=SignUpId(row["id"]),
                organisation_id=row["organisation_id"],
                course_title=row["title"],
                group_starts_at=row["group_starts_at"],
                group_place=row["group_place"],
                practical=row["practical"],
                signed_up_at=row["signed_up_at"],
            )
            for row in rows
        ]
