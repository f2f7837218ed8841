"""What is shown of a meeting: to members all of it, to whoever hasn't signed the first meeting's time and place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.groups.standing import Standing
from app.domain.meetings.meeting import Meeting, MeetingKind, MeetingStatus, kind_of
from app.domain.shared.ids import GroupId, MeetingId
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """A meeting, and where it stands among the group's meetings."""

    meeting: Meeting
    position: int
    """How many meetings of the group come before it, cancelled ones aside."""
    generation: int
    """The generation that meets."""
    first_of_generation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """One gathering of a group. What is said there stands nowhere (C-09)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: MeetingId
    """Id of the meeting."""
    group_id: GroupId
    """The group that meets."""
    starts_at: datetime
    """Start, UTC."""
    ends_at: datetime
    """Planned end, UTC."""
    minutes: int
    """Planned length in minutes; 120 is usual (M-02)."""
    place: str | None
    """Where, or how to get in; null for whoever hasn't signed (D-h1), the first meeting excepted."""
    kind: MeetingKind
    """What it is for; it decides the agenda."""
    status: MeetingStatus
    """A meeting counts as held once its start has passed."""
    version: int
    """Send it back as `If-Match` (REST) or `version` (GraphQL) when you change the meeting."""

    @staticmethod
    def of(facts: MeetingFacts, standing: Standing, now: datetime) -> "MeetingView":
        """The meeting as whoever has this standing may see it."""
        meeting = facts.meeting
        kind = kind_of(facts.position, facts.generation, facts.first_of_generation)
        sees_place = standing is Standing.MEMBER or kind is MeetingKind.FIRST
        return MeetingView(
            id=meeting.id,
            group_id=meeting.group_id,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            minutes=meeting.minutes,
            place=meeting.place if sees_place else None,
            kind=kind,
            status=meeting.status(now),
            version=meeting.version,
        )
