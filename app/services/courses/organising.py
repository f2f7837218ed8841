"""What the use cases of courses share: who organises them, and which day it is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.courses.announcement import CourseSaid
from app.domain.courses.course import Course
from app.domain.courses.errors import CourseNotFound
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import CourseId, OrganisationId, PersonId
from app.domain.systems.account import SystemScope
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.systems import admitted
from app.services.ports.texts import Words


async def require_reader(tx: CoursesUnitOfWork, actor: Actor) -> None:
    """Coordinators look at courses, and systems that are let: at milestones and seats, never at people
    or at where they will meet (P-h14)."""
    if actor.is_system:
        await admitted(tx, actor, SystemScope.COURSES_READ)
    else:
        await require_coordinator(tx, actor.person_id)


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


async def shown(
    tx: CoursesUnitOfWork, course: Course, actor: Actor, words: Words, said: CourseSaid | None = None
) -> CourseView:
    """The course as it stands now; `said` is what a system has just said of it."""
    day = await today(tx, course.organisation_id, tx.now)
    view = CourseView.of(course, tx.now, day, words, actor.mark.language)
    return view.for_system(said) if actor.is_system else view
