"""A person's calendar as other people's programs show it: what stands in it, for how long, and what opens it.

It lies open on phones, at work, with companies that keep calendars. So it says when there is a meeting, and nothing that
tells what kind of meeting, with whom, or about what (M-h6, M-h7, P-h13).
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.domain.meetings.meeting import Meeting
from app.domain.meetings.place import PlaceType
from app.domain.shared.ids import GroupId, MeetingId, PersonId

LOOKS_BACK = timedelta(days=31)
"""How long a meeting stays in a calendar after it has begun; what was before is no business of a calendar's."""
KEEPS_CANCELLED = timedelta(days=31)
"""How long a cancelled meeting is still told, so that every program has taken it out by then."""
ASK_AGAIN = timedelta(hours=6)
"""How often a program is asked to look again."""
TOKEN_BYTES = 24
"""Chance in an address: 192 bits."""
FALLBACK_LANGUAGE = "nb"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAddress:
    """That somebody has an address for their calendar, or for that of one group; what opens it is kept as a hash alone."""

    person_id: PersonId
    group_id: GroupId | None
    """The group whose meetings it has; None: all of one's own."""
    bound_to: UUID | None
    """The membership, or the starter's assignment, that the address of a group's calendar lives and dies with."""
    key_id: UUID
    made_at: datetime

    def holds_for(self, membership: UUID | None, assignment: UUID | None) -> bool:
        """Whether it still is what it was made for: whoever leaves and comes back has another membership."""
        return self.group_id is None or (
            self.bound_to is not None and self.bound_to in (membership, assignment)
        )


def token_from(chance: bytes) -> str:
    """What stands in an address; it is shown once and kept nowhere."""
    return base64.urlsafe_b64encode(chance).decode().rstrip("=")


def key_of(token: str) -> UUID:
    """What is kept of it: half of its SHA-256, from which there is no way back."""
    return UUID(bytes=hashlib.sha256(b"calendar\x00" + token.encode("utf-8", "replace")).digest()[:16])


def entry_id(person: PersonId, meeting: MeetingId) -> UUID:
    """The stable id of a meeting in one person's calendars. Two people's differ, or whoever keeps the calendars of both
    could tell that they meet."""
    digest = hashlib.sha256(b"calendar entry\x00" + person.bytes + meeting.bytes).digest()
    plain = int.from_bytes(digest[:16], "big")
    return UUID(int=plain & ~(0xF << 76) & ~(3 << 62) | 8 << 76 | 2 << 62)


def place_in_calendar(
    place: str, place_type: PlaceType, *, may_know: bool, shielded: bool = False
) -> str | None:
    """Where a meeting is, as far as a calendar may say it: never a home, a link or a number (M-h6), and nothing of where a
    group meets in which somebody is to be found by nobody (P-h13)."""
    if place_type.is_for_signers_only or shielded or not may_know:
        return None
    return place


def revised_at(meeting: Meeting) -> datetime:
    """When it was last changed, as far as that is kept: it moves with the meeting, never with whoever asks."""
    made = datetime.fromtimestamp((meeting.id.int >> 80) / 1000, UTC)
    told = (meeting.apart_at, meeting.replaced_at, meeting.cancelled_at, meeting.not_held_at)
    return max(made, *(each for each in told if each is not None)) if any(told) else made
