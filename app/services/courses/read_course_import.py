"""See how far an import has come."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import SystemNotAdmitted
from app.services.courses.import_views import CourseImportView
from app.services.courses.importing import progress
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.systems import admitted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadCourseImport:
    """See how far an import of your system's has come, and which rows were refused. For systems; kept for thirty days."""

    transact: Transact[CoursesUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, import_id: UUID
    ) -> CourseImportView:
        if not actor.is_system:
            raise SystemNotAdmitted

        async def work(tx: CoursesUnitOfWork) -> CourseImportView:
            account = await admitted(tx, actor, SystemScope.COURSES_WRITE)
            return await progress(tx, account, import_id)

        return await self.transact.read(actor, organisation_id, work)
