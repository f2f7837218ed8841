"""Note a milestone."""

from dataclasses import dataclass
from datetime import date

from app.domain.courses.course import Milestone
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import CourseId, organisation_of
from app.services.courses.organising import organised, shown, today
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class NoteMilestone:
    """Note on which day a milestone was done (R-03, R-05 to R-08); without a day: that it wasn't after all."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, course_id: CourseId, milestone: Milestone, done_on: date | None = None
    ) -> CourseView:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> CourseView:
            course = await organised(tx, course_id, person)
            day = await today(tx, course.organisation_id, tx.now)
            course.note(milestone, done_on, day)
            await tx.courses.save(course)
            tx.emit(Event("course.milestone_noted", course.id, {"course": course.id}))
            return await shown(tx, course, actor, self.words)

        return await self.transact.write(actor, organisation_of(course_id), work, answer=CourseView)
