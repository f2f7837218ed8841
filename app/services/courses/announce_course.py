"""Announce a course."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.courses.announcement import CourseSaid
from app.domain.groups.group import Form
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.courses.announcement_views import AnnouncedCourseView
from app.services.courses.announcing import announcer, say_course
from app.services.courses.organising import shown
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class AnnounceCourse:
    """Announce a course of the municipality's under its own id there, or change it. For systems.

    The same call made twice changes nothing the second time, and says so (`outcome`). What you leave out is left as it is:
    where and when a group starts after the course is mostly the organisation's to decide, as is whether people can sign
    up. `cancelled` is for good. The course is the system's that announced it: under the same id another system has
    another course. When and where the group starts, and what else is practical, is answered
    only as far as you say it in this call. There is no field for participants, and there will be none (P-h14).
    """

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        own_id: str,
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
        cancelled: bool = False,
    ) -> AnnouncedCourseView:
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
            cancelled=cancelled,
        )

        async def work(tx: CoursesUnitOfWork) -> AnnouncedCourseView:
            account = await announcer(tx, actor)
            outcome, course = await say_course(tx, account, own_id, said)
            view = await shown(tx, course, actor, self.words, said)
            return AnnouncedCourseView(own_id=own_id, outcome=outcome, course=view)

        return await self.transact.write(actor, organisation_id, work)
