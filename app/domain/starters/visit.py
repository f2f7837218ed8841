"""A visit: the group invites the starter back, to one meeting (X-07). It gives time and place of that meeting, no more."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.ids import AssignmentId, GroupId, MeetingId, OrganisationId, VisitId
from app.domain.starters.assignment import GroupMeeting
from app.domain.starters.errors import VisitNotPossible


@dataclass(slots=True, kw_only=True)
class Visit:
    """An invitation by the group. It ends with the meeting, and there is nothing to end it for."""

    id: VisitId
    organisation_id: OrganisationId
    group_id: GroupId
    assignment_id: AssignmentId
    meeting_id: MeetingId
    invited_at: datetime
    withdrawn_at: datetime | None

    def withdraw(self, now: datetime) -> None:
        """Taken back by the group, or declined by the visitor. Twice is the same as once."""
        self.withdrawn_at = self.withdrawn_at or now


def require_visit_possible(meeting: GroupMeeting | None, *, another_stands: bool, now: datetime) -> None:
    """Refuse anything but one meeting that is still to come: who is invited to all of them has not left (X-10)."""
    if meeting is None or meeting.starts_at <= now or another_stands:
        raise VisitNotPossible("/meeting_id")
