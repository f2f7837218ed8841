"""Leave: a member's own word that they are away for a while. No reason; off the quorum, not off the roll (B-05)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.groups.errors import LeaveOutOfBounds
from app.domain.shared.ids import GroupId, MembershipId, OrganisationId

LONGEST = timedelta(days=366)
"""From now to its end; whoever is away for longer says so again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """From when until when (half-open). A member has one at most, and nothing is kept of earlier ones."""

    organisation_id: OrganisationId
    group_id: GroupId
    membership_id: MembershipId
    starts_at: datetime
    ends_at: datetime

    def covers(self, moment: datetime) -> bool:
        """Whether they are away then."""
        return self.starts_at <= moment < self.ends_at

    def require_ahead(self, now: datetime) -> None:
        """Nobody is away in the past: that would change a quorum which others have counted on."""
        if not now <= self.starts_at < self.ends_at <= now + LONGEST:
            raise LeaveOutOfBounds("/ends_at", days=LONGEST.days)
