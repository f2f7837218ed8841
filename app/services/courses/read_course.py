"""Read a course."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import CourseId, organisation_of
from app.services.courses.organising import looked_at, require_reader, shown
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadCourse:
    """Read a course of your organisation, with what is due today on the way to its group."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, course_id: CourseId) -> CourseView:
        async def work(tx: CoursesUnitOfWork) -> CourseView:
            if actor.is_system:
                await require_reader(tx, actor)
                return await shown(tx, await tx.courses.get(course_id), actor, self.words)
            return await shown(tx, await looked_at(tx, course_id, actor.person_id), actor, self.words)

        return await self.transact.read(actor, organisation_of(course_id), work)
