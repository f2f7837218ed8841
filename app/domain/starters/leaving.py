"""Before the exit everybody is prepared for the starter's leaving (X-11)."""

from datetime import datetime, timedelta

LEAVING_AHEAD = timedelta(days=14)
"""How long before the exit there are words for it."""


def is_about_to_leave(helped_until: datetime | None, now: datetime) -> bool:
    """Whether the last starter of a group leaves it soon, as things stand."""
    return helped_until is not None and now < helped_until <= now + LEAVING_AHEAD
