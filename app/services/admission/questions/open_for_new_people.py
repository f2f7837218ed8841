"""Shall we be open for new people? Adopted, the group is open until any one member closes it (A-01, B-30)."""

from datetime import datetime

from app.domain.admission.errors import AlreadyOpen
from app.domain.admission.questions import Subject
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.ports.repositories import Seen


async def ask_open_for_new_people(
    tx: AdmissionUnitOfWork, seen: Seen, subject: Subject, closes_at: datetime
) -> Subject:
    """Not while it is open already."""
    if seen.group.is_open_for_new(tx.now):
        raise AlreadyOpen
    return subject
