"""Make a course."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.courses.announcement import CourseSaid
from app.domain.groups.group import Form
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.courses.making import make
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

        said = CourseSaid(
            title=title,
            first_day=first_day,
            last_day=last_day,
            form=form,
            area=area,
            language=language,
            theme=theme,
            seats=seats,
            group_starts_at=group_starts_at,
            group_place=group_place,
            practical=practical,
        )

        async def work(tx: CoursesUnitOfWork) -> CourseView:
            await require_coordinator(tx, person)
            await tx.read_clock()
            course = await make(tx, organisation_id, said)
            return await shown(tx, course, actor, self.words)

        return await self.transact.write(actor, organisation_id, work, answer=CourseView)
