"""Look through courses."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.courses.organising import require_reader, today
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListCourses:
    """List the courses of your organisation, the latest first day first."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest
    ) -> Page[CourseView]:
        async def work(tx: CoursesUnitOfWork) -> Page[CourseView]:
            await require_reader(tx, actor)
            now = await tx.read_clock()
            day = await today(tx, organisation_id, now)
            found = await tx.course_reads.page(page)
            language = actor.mark.language
            views = [CourseView.of(course, now, day, self.words, language) for course in found.items]
            if actor.is_system:
                views = [view.for_system() for view in views]
            return Page(items=views, after=found.after)

        return await self.transact.read(actor, organisation_id, work)
