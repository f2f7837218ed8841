"""What following events needs of a transaction, and of whoever seals positions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.events.feed import FeedPosition
from app.services.ports.repositories import Roles, StaffDeclarations
from app.services.ports.systems import SystemAccounts
from app.services.ports.transaction import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event as it is kept."""

    number: int
    """Its place in the order: an event that commits later has a higher one, always."""
    id: UUID
    type: str
    subject: UUID
    ids: Mapping[str, UUID]
    occurred_at: datetime


class Feed(Protocol):
    """What has happened in the organisation, in the order in which it became certain."""

    async def after(self, number: int, types: Collection[str], since: datetime, limit: int) -> list[Happened]:
        """The next ones of these types, the earliest first; none from before `since`."""


class FeedPositions(Protocol):
    """Seals positions: nobody can read or change one, or use it for another question."""

    def seal(self, position: FeedPosition, question: Mapping[str, str]) -> str:
        """The same position gives the same text, so that an answer's ETag stands still."""

    def open(self, text: str, question: Mapping[str, str]) -> FeedPosition:
        """`CursorMismatch` for what we haven't sealed for this question."""


class EventsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over what has happened in an organisation."""

    @property
    def feed(self) -> Feed: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def staff_declarations(self) -> StaffDeclarations: ...
    @property
    def system_accounts(self) -> SystemAccounts: ...
