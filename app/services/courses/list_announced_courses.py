"""Look through announced courses."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import SystemNotAdmitted
from app.services.courses.announcement_views import AnnouncedCourseView
from app.services.courses.organising import today
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.systems import admitted
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListAnnouncedCourses:
    """List the courses that your system has announced, the newest first, each with its own id there. For systems."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest
    ) -> Page[AnnouncedCourseView]:
        if not actor.is_system:
            raise SystemNotAdmitted

        async def work(tx: CoursesUnitOfWork) -> Page[AnnouncedCourseView]:
            account = await admitted(tx, actor, SystemScope.COURSES_WRITE)
            now = await tx.read_clock()
            day = await today(tx, organisation_id, now)
            found = await tx.course_reads.announced(await tx.system_accounts.line_of(account.id), page)
            language = actor.mark.language
            return Page(
                items=[
                    AnnouncedCourseView(
                        own_id=own_id,
                        outcome=None,
                        course=CourseView.of(course, now, day, self.words, language).for_system(),
                    )
                    for own_id, course in found.items
                ],
                after=found.after,
            )

        return await self.transact.read(actor, organisation_id, work)
