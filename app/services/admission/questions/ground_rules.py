"""Shall these be our ground rules? Adopted, they hold until others are; a new generation adopts them anew."""

from datetime import datetime

from app.domain.admission.questions import Subject
from app.domain.groups.errors import GroundRulesNotFound
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.ports.repositories import Seen


async def ask_ground_rules(
    tx: AdmissionUnitOfWork, seen: Seen, subject: Subject, closes_at: datetime
) -> Subject:
    """Drafted in this group, by whomever (G-15)."""
    assert subject.ground_rules_id is not None
    drafted = await tx.ground_rules.find(subject.ground_rules_id)
    if drafted is None or drafted.group_id != seen.group.id:
        raise GroundRulesNotFound
    return subject
