"""What is worth knowing about a meeting. Shown, and never in the way of anything."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.meetings.place import PlaceType

USUAL_MINUTES = 120
"""A meeting lasts two hours (M-02)."""
LONG_GAP = timedelta(days=21)
"""After more than this, what was begun is hard to pick up again (M-05)."""


class MeetingAdvice(StrEnum):
    """What a group may want to think about."""

    LONG_MEETING = "long_meeting"
    LONG_GAP = "long_gap"
    PUBLIC_HOLIDAY = "public_holiday"
    PRIVATE_HOME = "private_home"
    ROOM_TAKEN = "room_taken"

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind it."""
        return _RULES[self]


_RULES: dict[MeetingAdvice, tuple[str, ...]] = {
    MeetingAdvice.LONG_MEETING: ("M-02", "M-03"),
    MeetingAdvice.LONG_GAP: ("M-05",),
    MeetingAdvice.PUBLIC_HOLIDAY: ("M-01",),
    MeetingAdvice.PRIVATE_HOME: ("M-17", "M-18", "M-19"),
    MeetingAdvice.ROOM_TAKEN: ("M-17",),
}


def advice_on(
    *, minutes: int, place_type: PlaceType, gap: timedelta | None, is_holiday: bool, room_taken: bool
) -> list[MeetingAdvice]:
    """What there is to say; `gap`: time since the meeting before, where there is one."""
    found = {
        MeetingAdvice.LONG_MEETING: minutes > USUAL_MINUTES,
        MeetingAdvice.LONG_GAP: gap is not None and gap > LONG_GAP,
        MeetingAdvice.PUBLIC_HOLIDAY: is_holiday,
        MeetingAdvice.PRIVATE_HOME: place_type is PlaceType.PRIVATE_HOME,
        MeetingAdvice.ROOM_TAKEN: room_taken,
    }
    return [advice for advice, holds in found.items() if holds]


def gap_before(starts_at: datetime, previous_at: datetime | None) -> timedelta | None:
    """How long after the meeting before it this one is."""
    return None if previous_at is None else starts_at - previous_at
