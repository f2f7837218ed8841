"""Change a course."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.groups.group import Form, require_seats_within
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.events import Event
from app.domain.shared.ids import CourseId, organisation_of
from app.services.courses.organising import organised, shown
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class EditCourse:
    """Change a course. Once people could sign up, its group keeps a date and a place: they may move, not vanish (R-02)."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        course_id: CourseId,
        version: int,
        title: str,
        first_day: date,
        last_day: date,
        form: Form,
        area: str,
        language: str,
        theme: str | None = None,
        seats: int | None = None,
        group_starts_at: datetime | None = None,
        group_place: str | None = None,
        practical: str | None = None,
    ) -> CourseView:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> CourseView:
            course = await organised(tx, course_id, person)
            course.require_going_on(tx.now)
            if course.version != version:
                raise Stale
            size_max = (await tx.policies.holding(tx.now)).settings.size_max
            wanted = size_max if seats is None else seats
            require_seats_within(wanted, size_max)
            course.title, course.first_day, course.last_day = title, first_day, last_day
            course.form, course.area, course.language, course.theme = form, area, language, theme
            course.seats, course.practical = wanted, practical
            course.group_starts_at, course.group_place = group_starts_at, group_place
            course.require_whole()
            await tx.courses.save(course)
            tx.emit(Event("course.changed", course.id, {"course": course.id}))
            return await shown(tx, course, actor, self.words)

        return await self.transact.write(actor, organisation_of(course_id), work, answer=CourseView)
