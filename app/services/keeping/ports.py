"""What the use cases about one's own data need."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.admission.application import Application
from app.domain.audit.entry import Access
from app.domain.keeping.data_kind import SeenBy
from app.domain.keeping.erasure import Erased, Erasure
from app.domain.keeping.retention import Kept
from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssignmentId, OrganisationId, PersonId
from app.services.ports.leaving import LeavingUnitOfWork
from app.services.ports.repositories import Ballots, Groups, Organisations, Roles
from app.services.ports.stepping_out import SteppingOutUnitOfWork
from app.services.ports.transaction import UnitOfWork
from app.services.ports.vault import Place
from app.services.ports.withdrawing import WithdrawingUnitOfWork

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class SealedWords:
    """Words that are sealed for one place."""

    place: Place
    sealed: bytes
    masked: bool
    """Whether others may be named in them."""


FoundValue = object
"""A plain value of the database, or `SealedWords`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """What one table holds about a person."""

    table: str
    what: str
    why: str
    kept: Kept
    seen_by: tuple[SeenBy, ...]
    rows: list[dict[str, FoundValue]]
    withheld: Mapping[str, str]
    """Columns that are not in it, each with its reason."""
    erased: Erased
    """What becomes of it when the person has themselves erased."""
    done: int
    """How many rows about others this person has had a part in."""


class OwnData(Protocol):
    """Everything about one person in this transaction's organisation."""

    async def gather(self, person: PersonId) -> list[FoundTable]: ...


class KeepingUnitOfWork(UnitOfWork, Protocol):
    """What is asked of a transaction."""

    @property
    def own_data(self) -> OwnData: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def roles(self) -> Roles: ...


class GatherPersonal(Protocol):
    """Everything about whoever asks that lies outside every organisation; what they do is noted in the same transaction."""

    async def __call__(self, actor: Actor, noted: Access | None = None, /) -> list[FoundTable]: ...


class OwnApplications(Protocol):
    """One's own applications."""

    async def applications_of(self, person: PersonId) -> list[Application]: ...


class Traces(Protocol):
    """What leads to one person in this transaction's organisation."""

    async def hold(self, person: PersonId) -> None:
        """Lock their registration: who would tie something to it waits, and then finds nobody."""

    async def assignments_of(self, person: PersonId) -> list[AssignmentId]: ...
    async def settle(self, person: PersonId, now: datetime) -> None:
        """What is still to come with them in it comes without them: invitations, visits, conversations to hold, a pair."""

    async def clear(self, person: PersonId) -> Counter[str]:
        """Delete and unlink, as the inventory says of each table. How many rows, by table."""

    async def left(self, person: PersonId) -> list[str]:
        """Every column of the inventory in which this person still stands and may not: none, or it wasn't an erasure."""


class ErasingUnitOfWork(LeavingUnitOfWork, WithdrawingUnitOfWork, SteppingOutUnitOfWork, Protocol):
    """One organisation within the transaction that erases somebody."""

    @property
    def groups(self) -> Groups: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def admission_reads(self) -> OwnApplications: ...
    @property
    def traces(self) -> Traces: ...


class Erasing(Protocol):
    """The one transaction that erases one person, in all of their organisations."""

    async def lock(self) -> bool:
        """Lock the person: two who erase at once wait for each other. False where there is nobody (any more)."""

    async def organisations(self) -> list[OrganisationId]: ...
    async def within(
        self, organisation: OrganisationId, work: Callable[[ErasingUnitOfWork], Awaitable[R]]
    ) -> R:
        """Go on in this organisation, as this person; afterwards outside of all."""

    async def clear(self) -> Counter[str]:
        """The same as `Traces.clear`, outside every organisation: last of all the person."""

    async def left(self) -> list[str]:
        """The same as `Traces.left`."""

    async def note(self, actor: Actor, access: Access) -> None:
        """Write down outside every organisation what is being done."""

    async def begin(self, gone: Mapping[str, int]) -> Erasure:
        """Note that key and ledger are to be seen to, in the same transaction."""


class Erasures(Protocol):
    """Transactions that erase."""

    async def run(self, person: PersonId, work: Callable[[Erasing], Awaitable[R]]) -> R:
        """Run work in a transaction of this person; commit; then answer."""

    async def unfinished(self) -> list[Erasure]:
        """Committed, and not seen to the end yet."""

    async def finished(self, person: PersonId) -> None:
        """Key and ledger are seen to."""


class ErasureLedger(Protocol):
    """Who has been erased: outside the database and its backups, so that an old backup can't bring anybody back."""

    def note(self, erasure: Erasure) -> None:
        """Keep it, for good: it is on the disk before this answers. What is there already stays as it is."""

    def find(self, person: PersonId) -> Erasure | None: ...
    def all(self) -> list[Erasure]:
        """In the order in which they happened."""
