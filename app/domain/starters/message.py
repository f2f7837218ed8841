"""What a starter writes to the participants before the first meeting (V-17), through the service: nobody's name or
address goes to anybody. From the first meeting on people talk to each other, and nothing is written here (C-09)."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.ids import AssignmentId, GroupId, OrganisationId, StarterMessageId
from app.domain.starters.errors import RelayClosed, RelayFull

MOST_MESSAGES = 5
"""Of one starter: who they are, when and where, what people have asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterMessage:
    """A few words to those who have accepted a place. They end with the exit."""

    id: StarterMessageId
    organisation_id: OrganisationId
    group_id: GroupId
    assignment_id: AssignmentId
    words: str
    written_at: datetime


def require_relay_open(*, group_has_begun: bool, written: int) -> None:
    """Refuse a message once the group has begun, or one too many."""
    if group_has_begun:
        raise RelayClosed
    if written >= MOST_MESSAGES:
        raise RelayFull(most=MOST_MESSAGES)
