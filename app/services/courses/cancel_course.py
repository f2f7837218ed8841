"""Cancel a course."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import CourseId, organisation_of
from app.services.courses.organising import organised, shown
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class CancelCourse:
    """Cancel a course, or the thought of a group after it. Sign-ups are removed; what has become a group stays one."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, course_id: CourseId) -> CourseView:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> CourseView:
            course = await organised(tx, course_id, person)
            course.cancel(tx.now)
            await tx.courses.remove_all_sign_ups(course_id)
            tx.emit(Event("course.cancelled", course.id, {"course": course.id}))
            await tx.courses.save(course)
            return await shown(tx, course, actor, self.words)

        return await self.transact.write(actor, organisation_of(course_id), work, answer=CourseView)
