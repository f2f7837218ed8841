"""Look through the sign-ups of a course."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import CourseId, organisation_of
from app.services.courses.organising import looked_at
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import SignUpEntry
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListSignUps:
    """See who has signed up for the group after a course and isn't invited yet, in the order in which they did."""

    transact: Transact[CoursesUnitOfWork]

    async def __call__(self, actor: Actor, course_id: CourseId, page: PageRequest) -> Page[SignUpEntry]:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> Page[SignUpEntry]:
            await looked_at(tx, course_id, person)
            return await tx.course_reads.sign_ups(course_id, page)

        return await self.transact.read(actor, organisation_of(course_id), work)
