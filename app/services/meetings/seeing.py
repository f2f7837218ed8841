"""Which of a group's meetings somebody sees who sees when it meets."""

from datetime import datetime

from app.domain.groups.standing import Standing
from app.services.ports.repositories import Seen


def may_see(seen: Seen, starts_at: datetime) -> bool:
    """Starters see the meetings before their exit alone: when and where the group meets without them, it keeps (X-10)."""
    return seen.standing is not Standing.STARTER or seen.helps_at(starts_at)
