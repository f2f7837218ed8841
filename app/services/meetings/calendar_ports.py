"""What calendars need: the addresses that open them, a transaction of their person, and the meetings that stand in them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from app.domain.people.person import Person
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, OrganisationId, PersonId
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import MeetingFacts
from app.services.ports.calendars import CalendarAddresses

R = TypeVar("R")


class CalendarKeys(Protocol):
    """Whose calendar an address opens."""

    async def holder(self, key: UUID) -> PersonId | None:
        """The person who has made the address with this key; None where there is no such address, or none any more."""


class CalendarReads(Protocol):
    """Meetings for calendars."""

    async def groups(self, person: PersonId) -> list[GroupId]:
        """The groups that somebody may have a place in, or may help: what they are there, their standing says."""

    async def entries(
        self, groups: Sequence[GroupId], since: datetime, cancelled_since: datetime
    ) -> list[MeetingFacts]:
        """What has begun or begins after an instant; of what was cancelled, what was so after another."""


class CalendarUnitOfWork(MeetingsUnitOfWork, Protocol):
    """One transaction over the meetings of an organisation, by whoever has a calendar of them."""

    @property
    def calendar_addresses(self) -> CalendarAddresses: ...
    @property
    def calendar_reads(self) -> CalendarReads: ...


class OwnCalendarUnitOfWork(Protocol):
    """One transaction of one person, outside every organisation."""

    async def read_clock(self) -> datetime: ...
    def random_bytes(self, count: int) -> bytes: ...
    async def find(self, person: PersonId) -> Person | None: ...
    async def organisations(self, person: PersonId) -> list[OrganisationId]: ...
    @property
    def calendar_addresses(self) -> CalendarAddresses: ...


class TransactOwnCalendar(Protocol):
    """Runs work in a transaction of whoever asks, outside every organisation."""

    async def __call__(self, actor: Actor, work: Callable[[OwnCalendarUnitOfWork], Awaitable[R]], /) -> R: ...
