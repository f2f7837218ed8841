"""Shall we meet until then? Adopted, the group ends at that time unless any one member drops it before (G-16, G-17)."""

from datetime import datetime

from app.domain.admission.errors import EndTooSoon
from app.domain.admission.questions import Subject
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.ports.repositories import Seen


async def ask_end_date(tx: AdmissionUnitOfWork, seen: Seen, subject: Subject, closes_at: datetime) -> Subject:
    """An end after the ballot's own: nobody is to find that it has passed while they were deciding."""
    assert subject.ends_at is not None
    if subject.ends_at <= closes_at:
        raise EndTooSoon("/ends_at")
    return subject
