"""What is shown of calendars: whether there is an address, the address once, and what stands in the calendar itself."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.domain.meetings.calendar import entry_id, place_in_calendar, revised_at
from app.domain.meetings.meeting import MeetingStatus
from app.domain.shared.ids import PersonId
from app.services.meetings.views import MeetingFacts, MeetingView
from app.services.ports.repositories import Seen
from app.services.ports.view import DESCRIBED, view


@view
class CalendarStateView:
    """Whether you have an address for this calendar. The address itself is shown when it is made, and never again."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    since: datetime | None
    """Since when the present address holds; null where there is none."""


@view
class CalendarAddressView:
    """The address of a calendar of yours. Whoever has it sees when you meet, so it is for your own calendar alone."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    url: str
    """What your calendar subscribes to. It is shown this once and kept nowhere."""
    since: datetime
    """From when it holds; the one before opens nothing any more."""


@view
class CalendarEntry:
    """One meeting, with nothing that tells what kind of meeting."""

    uid: UUID
    """Stable for this person and this meeting."""
    sequence: int
    """Rises with each change."""
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    """The organisation's (IANA)."""
    place: str | None
    is_cancelled: bool

    @staticmethod
    def of(facts: MeetingFacts, seen: Seen, person: PersonId, zone: str, now: datetime) -> "CalendarEntry":
        """As it stands in this person's calendar: they may know the place where the meeting's own view tells them."""
        meeting, shielded = facts.meeting, seen.group.shields_place
        known = MeetingView.of(facts, seen.standing, now, shielded=shielded).place
        return CalendarEntry(
            uid=entry_id(person, meeting.id),
            sequence=meeting.version - 1,
            revised_at=revised_at(meeting),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            zone=zone,
            place=place_in_calendar(
                meeting.place, meeting.place_type, may_know=known is not None, shielded=shielded
            ),
            is_cancelled=meeting.status(now) in (MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD),
        )


@view
class CalendarView:
    """Everything that stands in a calendar, in the order of the starts."""

    language: str
    """The person's own."""
    entries: list[CalendarEntry]
