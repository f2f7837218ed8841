"""Positions in the feed, and for how long they hold."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.events.errors import EventsForgotten

KEPT_FOR = timedelta(days=30)
"""For so long what has happened can be asked for (`Kept.OUTBOX`)."""
HOLDS_FOR = KEPT_FOR - timedelta(days=1)
"""A position holds a day less: an event's time is read before it is kept, and a position's is a whole day."""
BEGINS_WITH = timedelta(weeks=3)
"""Whoever begins gets so much of what was; the rest of the time is for reading on, page by page."""
ASK_AGAIN = timedelta(seconds=60)
"""How often to ask when there was nothing more."""


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """How far somebody has read, and up to which day they have thereby seen everything that they may see.

    It moves with what they are shown, and with nothing else: a position that moved with hidden events would tell of them.
    """

    number: int
    seen_to: datetime
    """The beginning of a day, UTC."""

    @staticmethod
    def start(now: datetime) -> "FeedPosition":
        """Before everything that is kept."""
        return FeedPosition(0, _day(now))

    def moved(self, number: int, seen_to: datetime) -> "FeedPosition":
        """After the last event that was shown; up to that instant everything has been."""
        return FeedPosition(number, _day(seen_to))

    def require_held(self, now: datetime) -> None:
        """Refuse a position after which something may have been forgotten."""
        if now - self.seen_to >= HOLDS_FOR:
            raise EventsForgotten(days=(HOLDS_FOR - timedelta(days=1)).days)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
