"""What the use cases of an import share."""

from uuid import UUID

from app.domain.courses.errors import ImportNotFound
from app.domain.systems.account import SystemAccount
from app.services.courses.import_views import CourseImportView
from app.services.courses.ports import CoursesUnitOfWork

SHOWN_REFUSALS = 100


async def progress(tx: CoursesUnitOfWork, account: SystemAccount, import_id: UUID) -> CourseImportView:
    """How far an import of this system's has come."""
    found = await tx.course_imports.find(account.id, import_id)
    if found is None:
        raise ImportNotFound
    counts = await tx.course_imports.counts(account.id, import_id)
    refused = await tx.course_imports.refused(account.id, import_id, SHOWN_REFUSALS)
    return CourseImportView.of(found, counts, refused)
