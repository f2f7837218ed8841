"""Who can't come, and who was there. Neither has a reason, a count, or a consequence (N-01, N-05, M-h4, M-h5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.meetings.errors import (
    AttendanceIsOver,
    MeetingCancelled,
    NoticeTooLate,
    NotYetBegun,
)
from app.domain.meetings.meeting import CORRECTION_TIME, Meeting
from app.domain.shared.ids import GroupId, MeetingId, MembershipId, OrganisationId


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNotice:
    """Somebody's own word that they can't come. Why, nobody asks: there is no field for it."""

    organisation_id: OrganisationId
    meeting_id: MeetingId
    membership_id: MembershipId
    group_id: GroupId
    noticed_at: datetime


def notice(meeting: Meeting, member: MembershipId, now: datetime) -> AbsenceNotice:
    """A notice about a meeting, before it or after its start: late is better than not at all, and costs nothing."""
    if meeting.cancelled_at is not None:
        raise MeetingCancelled
    if now >= meeting.starts_at + CORRECTION_TIME:
        raise NoticeTooLate
    return AbsenceNotice(
        organisation_id=meeting.organisation_id,
        meeting_id=meeting.id,
        membership_id=member,
        group_id=meeting.group_id,
        noticed_at=now,
    )


def is_late(noticed_at: datetime, meeting: Meeting) -> bool:
    """Whether it came after the start."""
    return noticed_at > meeting.starts_at


def is_later_than_agreed(noticed_at: datetime, meeting: Meeting, hours: int | None) -> bool | None:
    """Whether it came later than its group has agreed (N-02), which costs nothing; None where nothing is agreed."""
    return None if hours is None else noticed_at > meeting.starts_at - timedelta(hours=hours)


def require_attendance(meeting: Meeting, generation: int, now_generation: int, now: datetime) -> None:
    """Refuse to note who was there before a meeting has begun, and after its generation has ended: the people who met
    then are another group, and what they knew of each other ends with it (A-03, M-h5)."""
    if not meeting.has_started(now):
        raise NotYetBegun
    if generation != now_generation:
        raise AttendanceIsOver
