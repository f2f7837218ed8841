"""What is held: each table says here, column by column, what it holds, why, on what ground, for how long, for whom.

`docs/data-inventory.md`, everybody's copy of their data, the retention and the check after an erasure are made from it.
"""

from app.adapters.postgres.inventory import (
    admission,
    audit,
    calendars,
    consents,
    courses,
    events,
    forming,
    groups,
    intake,
    meetings,
    messages,
    organisations,
    own_affairs,
    people,
    starters,
    statistics,
    system,
    systems,
    volunteers,
    working,
)
from app.adapters.postgres.inventory.held import INVENTORY

__all__ = [
    "INVENTORY",
    "admission",
    "audit",
    "calendars",
    "consents",
    "courses",
    "events",
    "forming",
    "groups",
    "intake",
    "meetings",
    "messages",
    "organisations",
    "own_affairs",
    "people",
    "starters",
    "statistics",
    "system",
    "systems",
    "volunteers",
    "working",
]
