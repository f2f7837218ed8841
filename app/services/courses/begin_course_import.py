"""Begin an import, or go on with it."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.courses.course_import import CourseImport
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.courses.announcing import announcer
from app.services.courses.import_views import CourseImportView
from app.services.courses.importing import progress
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class BeginCourseImport:
    """Begin an import of courses and milestones, or go on with one that was broken off."""

    transact: Transact[CoursesUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, import_id: UUID
    ) -> CourseImportView:
        async def work(tx: CoursesUnitOfWork) -> CourseImportView:
            account = await announcer(tx, actor)
            await tx.course_imports.begin(
                CourseImport(
                    organisation_id=organisation_id,
                    system_id=account.id,
                    id=import_id,
                    begun_at=tx.now,
                    finished_at=None,
                )
            )
            return await progress(tx, account, import_id)

        return await self.transact.write(actor, organisation_id, work)
