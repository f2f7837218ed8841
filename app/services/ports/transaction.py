"""Port: one transaction, and who it is opened for.

A use case hands its work over as a function, so that the whole of it can be run again: after a serialisation failure
or a deadlock, or because a ballot turned out to be due and had to be counted first. It commits before anybody is told.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import Enum
from typing import Protocol, TypeVar
from uuid import UUID

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId, OrganisationId

R = TypeVar("R")
U_co = TypeVar("U_co", bound="UnitOfWork", covariant=True)


class Door(Enum):
    """Through which door a transaction enters an organisation."""

    OWN = "own"
    """Only whoever is registered with the organisation; for all others it is empty, whatever the use case asks."""
    PUBLIC = "public"
    """What everyone may reach: offers, registering, applying. The use case alone decides what is shown."""


class BallotDue(Exception):
    """Work has met a ballot that is over but not counted. Never leaves the transaction port: it counts and begins again."""

    def __init__(self, *ballots: BallotId) -> None:
        super().__init__("a ballot is due")
        self.ballots = ballots


class UnitOfWork(Protocol):
    """What every transaction offers."""

    @property
    def now(self) -> datetime:
        """The database's clock (UTC), as read after the last lock or look. Asking before either is a mistake."""

    async def read_clock(self) -> datetime:
        """Read the database's clock now."""

    def new_id(self, organisation: OrganisationId | None = None) -> UUID:
        """A new id in this transaction's organisation."""

    def random_bytes(self, count: int) -> bytes:
        """Chance, for codes that nobody can guess."""

    def emit(self, event: Event) -> None:
        """Put an event into the outbox, in this very transaction."""


class Transact(Protocol[U_co]):
    """Runs work in one transaction of an organisation."""

    async def write(
        self,
        actor: Actor,
        organisation: OrganisationId,
        work: Callable[[U_co], Awaitable[R]],
        *,
        door: Door = Door.OWN,
        answer: type[R] | None = None,
        locking: BallotId | None = None,
    ) -> R:
        """Run work that changes something; commit; then answer.

        `locking`: the ballot that the work locks before all else; its lock is asked for together with the beginning. With
        `answer` (the type of what it returns) an idempotency key is honoured: the answer is kept in the same
        transaction, and a repetition gets it again. `Busy` if the database can't finish in time.
        """

    async def read(
        self,
        actor: Actor,
        organisation: OrganisationId,
        work: Callable[[U_co], Awaitable[R]],
        *,
        door: Door = Door.OWN,
    ) -> R:
        """Run work that only looks."""
