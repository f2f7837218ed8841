"""What every repository works with: one connection inside one transaction, and the clock as it was last read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from app.adapters.postgres.bell import Bell
from app.adapters.postgres.reading import Asked
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId, OrganisationId, PersonId, compose_id
from app.services.ports.vault import Place, Vault


class Chance(Protocol):
    """Where chance comes from; a test brings its own."""

    def bits(self, count: int) -> int:
        """That many random bits."""


class Shift(Protocol):
    """How far the service's clock stands from the database's: nothing, but in tests and never in production."""

    def __call__(self) -> timedelta: ...


def no_shift() -> timedelta:
    """The database's clock as it is."""
    return timedelta()


class Shut:
    """No vault: what counts ballots has no business with names."""

    def seal(self, person: PersonId, place: Place, words: str) -> bytes:
        """Never."""
        raise RuntimeError("there is no vault here")

    def open(self, place: Place, sealed: bytes) -> str | None:
        """Never."""
        raise RuntimeError("there is no vault here")


@dataclass(slots=True)
class Work:
    """One open transaction of one organisation."""

    connection: Asked
    organisation: OrganisationId
    person: PersonId | None
    chance: Chance
    shift: Shift = no_shift
    vault: Vault = field(default_factory=Shut)
    events: list[Event] = field(default_factory=list)
    bell: Bell | None = None
    """Tells all replicas what has happened here, with the commit."""
    locked: BallotId | None = None
    """The ballot that was locked as the transaction began."""
    _now: datetime | None = None

    @property
    def now(self) -> datetime:
        """The clock as last read; asking before it was read is a mistake in the program."""
        if self._now is None:
            raise RuntimeError("the clock has not been read in this transaction")
        return self._now

    def tell(self, moment: datetime) -> datetime:
        """Set the clock from a statement that has just read it (`statements.service_clock`)."""
        self._now = moment
        return moment

    def scope(self, **values: Any) -> dict[str, Any]:
        """Parameters that most statements want: the organisation, and the clock's shift."""
        return {"organisation_id": self.organisation, "shift": self.shift(), **values}

    def new_id(self, organisation: OrganisationId | None = None) -> UUID:
        """A new id that carries its organisation."""
        moment = self.now
        return compose_id(
            organisation or self.organisation, int(moment.timestamp() * 1000), self.chance.bits(44)
        )

    def random_bytes(self, count: int) -> bytes:
        """Chance, for codes that nobody can guess."""
        return self.chance.bits(8 * count).to_bytes(count, "big")
