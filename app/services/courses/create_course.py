"""Make a course."""

import base64
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.courses.course import Course
from app.domain.groups.group import Form, require_seats_within
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import CourseId, OrganisationId
from app.services.courses.organising import require_coordinator, shown
from app.services.courses.ports import CoursesUnitOfWork
from app.services.courses.views import CourseView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class CreateCourse:
    """Make a course from which a group can grow. Its dates decide when each of the five milestones falls due."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
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
            await require_coordinator(tx, person)
            now = await tx.read_clock()
            size_max = (await tx.policies.holding(now)).settings.size_max
            wanted = size_max if seats is None else seats
            require_seats_within(wanted, size_max)
            course = Course(
                id=CourseId(tx.new_id()),
                organisation_id=organisation_id,
                title=title,
                first_day=first_day,
                last_day=last_day,
                theme=theme,
                form=form,
                area=area,
                language=language,
                seats=wanted,
                group_starts_at=group_starts_at,
                group_place=group_place,
                practical=practical,
                sign_up_code=base64.b32encode(tx.random_bytes(15)).decode().lower(),
                sign_up_opened_at=None,
                cancelled_at=None,
                created_at=now,
                version=1,
            )
            await tx.courses.add(course)
            tx.emit(Event("course.created", course.id, {"course": course.id}))
            return await shown(tx, course, actor, self.words)

        return await self.transact.write(actor, organisation_id, work, answer=CourseView)
