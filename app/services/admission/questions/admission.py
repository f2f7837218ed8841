"""Shall we take this applicant in? Adopted, the applicant has an offer with an expiry (A-01)."""

from dataclasses import replace
from datetime import datetime

from app.domain.admission.errors import ApplicationNotFound, GroupNotOpen
from app.domain.admission.questions import Subject
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import require_application_known
from app.services.ports.repositories import Seen


async def ask_admission(
    tx: AdmissionUnitOfWork, seen: Seen, subject: Subject, closes_at: datetime
) -> Subject:
    """An application that waits, to a group that is open: a group that isn't votes nobody in (A-01)."""
    assert subject.application_id is not None
    application = await tx.applications.lock(subject.application_id)
    if application.group_id != seen.group.id:
        raise ApplicationNotFound
    await require_application_known(tx, application, seen)
    if not seen.group.is_open_for_new(tx.now):
        raise GroupNotOpen
    application.require_waiting(tx.now)
    return replace(subject, applicant_id=application.applicant_id)
