"""Port: the addresses by which calendars are opened."""

from typing import Protocol
from uuid import UUID

from app.domain.meetings.calendar import CalendarAddress
from app.domain.shared.ids import GroupId, PersonId


class CalendarAddresses(Protocol):
    """The addresses that a person has made; seen by that person alone."""

    async def put(self, address: CalendarAddress) -> None:
        """Keep it in the place of the one before, which opens nothing any more."""

    async def find(self, person: PersonId, group: GroupId | None) -> CalendarAddress | None: ...
    async def by_key(self, person: PersonId, key: UUID) -> CalendarAddress | None: ...
    async def remove(self, person: PersonId, group: GroupId | None) -> None:
        """Remove it, and what it opens with it; where there is none, nothing changes."""
