"""Which cards help a group just now: moments, for `GET /v1/cards?moment=`. They open or close nothing (G-06, G-h9)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.domain.groups.group import Phase
from app.domain.guidance.card import Moment

AT_HAND = timedelta(days=1)
"""Before and after the beginning of the first meeting: people get ready for it, sit in it, and go home from it."""
JUST = timedelta(days=14)
"""How long after somebody has left the group there are words for that: about two meetings."""
_ONCE_IT_MEETS = (Moment.STARTER_LEAVING, Moment.SOMEBODY_LEAVES, Moment.FEW_MEMBERS)


def is_first_at_hand(first_meeting_at: datetime | None, now: datetime) -> bool:
    """Whether this is the day before or after the first meeting."""
    return first_meeting_at is not None and abs(now - first_meeting_at) <= AT_HAND


def is_second_ahead(
    first_meeting_at: datetime | None, last_held_at: datetime | None, now: datetime, *, one_is_planned: bool
) -> bool:
    """Whether the first meeting was held and is over, and the next one is planned."""
    if first_meeting_at is None or last_held_at != first_meeting_at:
        return False
    return one_is_planned and now - first_meeting_at > AT_HAND


def somebody_has_just_left(last_left_at: datetime | None, now: datetime) -> bool:
    """Whether a member has left lately: everybody in the group knows, and nobody has to say why (L-02)."""
    return last_left_at is not None and now - last_left_at < JUST


def moments(phase: Phase, holds: Mapping[Moment, bool]) -> list[Moment]:
    """For the members of a group in this phase, of those that hold for it; in the order of a group's life.

    The starter leaves: soon, so that everybody is prepared (X-11). The starter has left: some weeks ago, so that a group
    may be looking for a leader (X-13). New generation: declarations or ground rules are to be renewed (A-05).
    """
    if phase is Phase.ENDED:
        return []
    told = {
        **holds,
        Moment.BEFORE_FIRST_MEETING: phase is Phase.FORMING,
        Moment.LONG_SILENCE: phase is Phase.DORMANT,
    }
    if phase is Phase.FORMING:
        told |= dict.fromkeys(_ONCE_IT_MEETS, False)
    return [moment for moment in Moment if told.get(moment, False)]
