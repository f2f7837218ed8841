"""What announcing courses shares: which course a system means, and making what it says true, once.

All that one system says is done one after the other, under the lock of its account: so the same thing said twice at once
is said twice in turn, and nobody else waits.
"""

from app.domain.courses.announcement import (
    Announcement,
    AnnouncementOutcome,
    CourseSaid,
    MilestoneSaid,
    require_id_of_nobody,
    require_own_id,
)
from app.domain.courses.course import Course
from app.domain.courses.errors import CourseNotFound, OwnIdAmbiguous
from app.domain.groups.group import require_seats_within
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import CourseId
from app.domain.systems.account import SystemAccount, SystemScope
from app.domain.systems.errors import SystemNotAdmitted
from app.services.courses.making import make
from app.services.courses.organising import today
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.systems import admitted


async def announcer(tx: CoursesUnitOfWork, actor: Actor) -> SystemAccount:
    """The account of the system that announces, locked; the clock is read after the lock."""
    if not actor.is_system:
        raise SystemNotAdmitted
    account = await admitted(tx, actor, SystemScope.COURSES_WRITE)
    return await tx.system_accounts.lock(account.id)


async def meant(tx: CoursesUnitOfWork, account: SystemAccount, own_id: str) -> CourseId | None:
    """The course that this system means by its own id, also where an account that it continues has announced it."""
    require_own_id(own_id)
    found = await tx.announcements.find(await tx.system_accounts.line_of(account.id), own_id)
    mine = [each for each in found if each.system_id == account.id] or found
    if len(mine) > 1:
        raise OwnIdAmbiguous
    return mine[0].course_id if mine else None


async def announced(tx: CoursesUnitOfWork, account: SystemAccount, own_id: str) -> Course:
    """The same, locked; `CourseNotFound` where this system has announced none under this id."""
    course_id = await meant(tx, account, own_id)
    if course_id is None:
        raise CourseNotFound
    return await tx.courses.lock(course_id)


async def say_course(
    tx: CoursesUnitOfWork, account: SystemAccount, own_id: str, said: CourseSaid
) -> tuple[AnnouncementOutcome, Course]:
    """Make it true, and say whether it was already."""
    said.require_about_nobody()
    course_id = await meant(tx, account, own_id)
    if course_id is None:
        require_id_of_nobody(own_id)
        outcome, course = AnnouncementOutcome.CREATED, await make(tx, account.organisation_id, said)
        await tx.announcements.add(
            Announcement(
                organisation_id=account.organisation_id,
                system_id=account.id,
                own_id=own_id,
                course_id=course.id,
            )
        )
    else:
        course = await tx.courses.lock(course_id)
        outcome = await _change(tx, course, said)
    if said.cancelled and course.cancelled_at is None:
        course.cancel(tx.now)
        await tx.courses.remove_all_sign_ups(course.id)
        await tx.courses.save(course)
        tx.emit(Event("course.cancelled", course.id, {"course": course.id}))
        outcome = (
            AnnouncementOutcome.CREATED
            if outcome is AnnouncementOutcome.CREATED
            else AnnouncementOutcome.CHANGED
        )
    return outcome, course


async def _change(tx: CoursesUnitOfWork, course: Course, said: CourseSaid) -> AnnouncementOutcome:
    if said.is_true_of(course):
        return AnnouncementOutcome.UNCHANGED
    course.require_going_on(tx.now)
    if said.seats is not None and said.seats != course.seats:
        require_seats_within(said.seats, (await tx.policies.holding(tx.now)).settings.size_max)
    said.make_true_of(course)
    await tx.courses.save(course)
    tx.emit(Event("course.changed", course.id, {"course": course.id}))
    return AnnouncementOutcome.CHANGED


async def say_milestone(
    tx: CoursesUnitOfWork, account: SystemAccount, own_id: str, said: MilestoneSaid
) -> tuple[AnnouncementOutcome, Course]:
    """Make it true, and say whether it was already."""
    course = await announced(tx, account, own_id)
    if said.is_true_of(course):
        return AnnouncementOutcome.UNCHANGED, course
    course.note(said.milestone, said.done_on, await today(tx, course.organisation_id, tx.now))
    await tx.courses.save(course)
    tx.emit(Event("course.milestone_noted", course.id, {"course": course.id}))
    return AnnouncementOutcome.CHANGED, course
