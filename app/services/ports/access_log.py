"""Port: the log of who has looked at what about whom, and of what was changed.

An entry is written in the transaction that looks or changes, so it is committed before anybody is told: no answer without
its entry, and no entry of a change that didn't happen. Only `Transact.write` can write one; a use case whose reading is
logged goes through it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed, HowItEnded
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedAccess:
    """An entry as the person whom it is about may see it."""

    id: UUID
    organisation_id: OrganisationId
    """The nil UUID where it happened outside of every organisation."""
    actor_id: PersonId | None
    consumer: str | None
    supplier: str | None
    acting_as: ActingAs
    deed: Deed
    data: AccessedData
    purpose: AccessPurpose
    ended: HowItEnded
    occurred_at: datetime


class AccessLog(Protocol):
    """The log, as the service may use it: write, and let a person see their own."""

    async def note(self, actor: Actor, *accesses: Access) -> None:
        """Write what this actor has done, in this very transaction. The clock has to have been read.

        The same request can be noted twice, and is written once.
        """


class OwnAccessLog(Protocol):
    """What of the log is about whoever asks, in all organisations."""

    async def __call__(self, actor: Actor, page: PageRequest) -> Page[NotedAccess]:
        """The newest first."""


class Names(Protocol):
    """Names by which an organisation knows people."""

    async def names_of(self, people: Collection[PersonId]) -> dict[PersonId, str]:
        """As many as there are; one who has gone has none."""


class NamesUnitOfWork(UnitOfWork, Protocol):
    """One transaction in which people's names can be looked up."""

    @property
    def names(self) -> Names: ...
