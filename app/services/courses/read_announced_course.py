"""Read an announced course."""

from dataclasses import dataclass

from app.domain.courses.errors import CourseNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import SystemNotAdmitted
from app.services.courses.announcement_views import AnnouncedCourseView
from app.services.courses.announcing import meant
from app.services.courses.organising import shown
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.systems import admitted
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadAnnouncedCourse:
    """Read a course that your system has announced, by the id that it has there. For systems."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, own_id: str
    ) -> AnnouncedCourseView:
        if not actor.is_system:
            raise SystemNotAdmitted

        async def work(tx: CoursesUnitOfWork) -> AnnouncedCourseView:
            account = await admitted(tx, actor, SystemScope.COURSES_WRITE)
            course_id = await meant(tx, account, own_id)
            if course_id is None:
                raise CourseNotFound
            course = await tx.courses.get(course_id)
            view = await shown(tx, course, actor, self.words)
            return AnnouncedCourseView(own_id=own_id, outcome=None, course=view)

        return await self.transact.read(actor, organisation_id, work)
