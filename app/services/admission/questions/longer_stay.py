"""Shall the starter stay longer? Once, and never past the ceiling (X-06, T1, S-h2).

A starter has no vote in it: whoever decides is in the group (B-20). Adopted, it holds if the starter was still there when
the voting was over; an exit that has come stays (X-10).
"""

from dataclasses import replace
from datetime import datetime

from app.domain.admission.ballot import Ballot
from app.domain.admission.questions import Subject
from app.domain.starters.assignment import require_first_time
from app.domain.starters.errors import AssignmentNotFound
from app.domain.starters.exit_limit import LongerStay
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.ports.counting import CountingBox
from app.services.ports.repositories import Seen


async def ask_longer_stay(
    tx: AdmissionUnitOfWork, seen: Seen, subject: Subject, closes_at: datetime
) -> Subject:
    """A starter of this group who is there, really longer, under the ceiling, and the first time in the line."""
    assert subject.assignment_id is not None
    all_of_group = await tx.assignments.of_group(seen.group.id)
    found = next((each for each in all_of_group if each.id == subject.assignment_id), None)
    if found is None:
        raise AssignmentNotFound
    zone = (await tx.organisations.get(seen.group.organisation_id)).time_zone
    meetings = await tx.assignments.meetings_of(seen.group.id)
    asked = found.propose_longer(subject.latest_date, subject.max_meetings, zone, meetings, tx.now)
    require_first_time(each for each in all_of_group if each.line_id == found.line_id)
    return replace(subject, latest_until=asked.until)


async def stay_longer(box: CountingBox, ballot: Ballot) -> bool:
    """Write what the group has adopted, in the count's own transaction. False where it came too late."""
    about = ballot.subject
    assert about.assignment_id is not None
    agreed = LongerStay(
        latest_date=about.latest_date, until=about.latest_until, max_meetings=about.max_meetings
    )
    assignment = await box.stays.get(about.assignment_id)
    meetings = await box.stays.meetings_of(ballot.group_id)
    decided_at = min(box.now, ballot.closes_at)
    if not assignment.stay_longer(agreed, ballot.id, meetings, decided_at):
        return False
    return await box.stays.lengthen(assignment)
