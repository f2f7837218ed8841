"""Import one row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.courses.announcement import AnnouncementOutcome, CourseSaid
from app.domain.courses.course import Course
from app.domain.courses.course_import import OF_THE_ROW, ImportRow, RowOutcome, RowSaid
from app.domain.courses.errors import ImportDiffers
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError
from app.domain.shared.ids import CourseId, OrganisationId
from app.domain.systems.account import SystemAccount
from app.services.courses.announcing import announcer, say_course, say_milestone
from app.services.courses.import_views import ImportedRowView
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ImportCourseRow:
    """Do what one row of an import says, once: its work and the note that it was done are one transaction.

    A row that an earlier sending has done isn't done again. One that was refused is noted, and tried again the next time.
    `refused` is the refusal of a row that couldn't even be read.
    """

    transact: Transact[CoursesUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        import_id: UUID,
        number: int,
        digest: bytes,
        said: RowSaid | DomainError,
    ) -> ImportedRowView:
        def noted(
            account: SystemAccount,
            now: datetime,
            outcome: RowOutcome,
            code: str | None,
            course: CourseId | None,
        ) -> ImportRow:
            return ImportRow(
                organisation_id=organisation_id,
                system_id=account.id,
                import_id=import_id,
                number=number,
                digest=digest,
                outcome=outcome,
                code=code,
                course_id=course,
                done_at=now,
            )

        async def work(tx: CoursesUnitOfWork) -> ImportedRowView:
            account = await announcer(tx, actor)
            before = await tx.course_imports.row(account.id, import_id, number)
            if before is not None and before.stands_for(digest):
                return ImportedRowView.of(before, done_before=True)
            if isinstance(said, DomainError):
                raise said
            outcome, course = await _say(tx, account, said)
            row = noted(account, tx.now, RowOutcome(outcome.value), None, course.id)
            await tx.course_imports.keep(row)
            return ImportedRowView.of(row, done_before=False)

        async def note(tx: CoursesUnitOfWork, code: str) -> None:
            account = await announcer(tx, actor)
            before = await tx.course_imports.row(account.id, import_id, number)
            if before is None or not before.stands_for(digest):
                await tx.course_imports.keep(noted(account, tx.now, RowOutcome.REFUSED, code, None))

        try:
            return await self.transact.write(actor, organisation_id, work)
        except ImportDiffers:
            raise
        except DomainError as refusal:
            code = refusal.code
            if refusal.kind in OF_THE_ROW:
                await self.transact.write(actor, organisation_id, lambda tx: note(tx, code))
            raise


async def _say(
    tx: CoursesUnitOfWork, account: SystemAccount, said: RowSaid
) -> tuple[AnnouncementOutcome, Course]:
    if isinstance(said.says, CourseSaid):
        return await say_course(tx, account, said.own_id, said.says)
    return await say_milestone(tx, account, said.own_id, said.says)
