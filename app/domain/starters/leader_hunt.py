"""After the exit a group typically looks for somebody to lead it, and should take its time over that (X-13)."""

from datetime import datetime, timedelta

LEADER_HUNT_AFTER = timedelta(days=7)
"""How long after the exit the guidance on the leader hunt is due."""
LEADER_HUNT_FOR = timedelta(days=90)
"""Until how long after the exit it stays due."""


def is_time_of_leader_hunt(left_at: datetime, now: datetime) -> bool:
    """Whether it is some weeks after this exit."""
    return left_at + LEADER_HUNT_AFTER <= now < left_at + LEADER_HUNT_FOR


def hunts_for_a_leader(
    helped_until: datetime | None, first_meeting_at: datetime | None, now: datetime
) -> bool:
    """Whether a group is in those weeks: its last starter was at a meeting with it, and has left (G-22: or it had none)."""
    if helped_until is None or first_meeting_at is None or helped_until <= first_meeting_at:
        return False
    return is_time_of_leader_hunt(helped_until, now)
