"""What the use cases of courses share: who organises them, and which day it is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.courses.course import Course
from app.domain.courses.errors import CourseNotFound
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import CourseId, OrganisationId, PersonId
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.texts import Words


async def require_coordinator(tx: CoursesUnitOfWork, person: PersonId) -> None:
    """Coordinators organise courses; they have promised confidentiality before (C-07)."""
    if Role.COORDINATOR not in await tx.roles.of(person):
        raise NotStaff
    await tx.staff_declarations.require(person)


async def organised(tx: CoursesUnitOfWork, course_id: CourseId, person: PersonId) -> Course:
    """Lock a course for its coordinator; to all others it isn't there."""
    course = await tx.courses.lock(course_id)
    await _or_hidden(tx, person)
    return course


async def looked_at(tx: CoursesUnitOfWork, course_id: CourseId, person: PersonId) -> Course:
    """The same, without a lock."""
    course = await tx.courses.get(course_id)
    await _or_hidden(tx, person)
    return course


async def _or_hidden(tx: CoursesUnitOfWork, person: PersonId) -> None:
    if Role.COORDINATOR not in await tx.roles.of(person):
        raise CourseNotFound
    await tx.staff_declarations.require(person)


async def today(tx: CoursesUnitOfWork, organisation: OrganisationId, now: datetime) -> date:
    """The calendar day where the organisation is."""
    return now.astimezone(ZoneInfo((await tx.organisations.get(organisation)).time_zone)).date()


async def shown(tx: CoursesUnitOfWork, course: Course, actor: Actor, words: Words) -> CourseView:
    """The course as it stands now."""
    day = await today(tx, course.organisation_id, tx.now)
    return CourseView.of(course, tx.now, day, words, actor.mark.language)
