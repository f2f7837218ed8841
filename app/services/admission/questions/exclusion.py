"""Shall this member go? All others, of one mind; the member sees that it is asked, and is told (G-h8).

There is no other way to remove anybody: not for absence, not for lack of progress, not by staff (G-19, N-05).
"""

from datetime import datetime

from app.domain.admission.errors import NotAboutYourself, TooFewToExclude
from app.domain.admission.questions import TERMS, Question, Subject
from app.domain.groups.errors import MemberNotFound
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.ports.repositories import Seen


async def ask_exclusion(
    tx: AdmissionUnitOfWork, seen: Seen, subject: Subject, closes_at: datetime
) -> Subject:
    """A member of this group, another than who asks, and more than one to decide."""
    assert subject.member_id is not None
    if subject.member_id == seen.membership_id:
        raise NotAboutYourself("/member_id")
    if not await tx.memberships.is_in(seen.group.id, subject.member_id):
        raise MemberNotFound
    if seen.members - 1 < TERMS[Question.EXCLUSION].least_roll:
        raise TooFewToExclude
    return subject
