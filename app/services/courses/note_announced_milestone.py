"""Note a milestone of an announced course."""

from dataclasses import dataclass
from datetime import date

from app.domain.courses.announcement import MilestoneSaid
from app.domain.courses.course import Milestone
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.courses.announcement_views import AnnouncedCourseView
from app.services.courses.announcing import announcer, say_milestone
from app.services.courses.organising import shown
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class NoteAnnouncedMilestone:
    """Note on which day a milestone of a course of yours was done (R-03, R-05 to R-08); without a day: that it wasn't. For
    systems. The same call made twice changes nothing the second time, and says so."""

    transact: Transact[CoursesUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        own_id: str,
        milestone: Milestone,
        done_on: date | None = None,
    ) -> AnnouncedCourseView:
        said = MilestoneSaid(milestone=milestone, done_on=done_on)

        async def work(tx: CoursesUnitOfWork) -> AnnouncedCourseView:
            account = await announcer(tx, actor)
            outcome, course = await say_milestone(tx, account, own_id, said)
            view = await shown(tx, course, actor, self.words)
            return AnnouncedCourseView(own_id=own_id, outcome=outcome, course=view)

        return await self.transact.write(actor, organisation_id, work)
