"""Port: words about people, sealed before they reach the database, each under the key of whom they are about."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.shared.ids import PersonId


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: what is sealed for one place opens in no other."""

    organisation: UUID
    table: str
    column: str
    row: tuple[object, ...]

    def written(self) -> bytes:
        """As one text. Nothing in it can hold the bar: ids and words of our own."""
        return "|".join(map(str, (self.organisation, self.table, self.column, *self.row))).encode()


class Vault(Protocol):
    """Seals words and opens them again, as long as the person's key is there (`services.ports.person_keys`)."""

    def seal(self, person: PersonId, place: Place, words: str) -> bytes:
        """Seal words about a person for one place. Twice the same words never look the same."""

    def open(self, place: Place, sealed: bytes) -> str | None:
        """The words again; None where they can't be read any more, or stand where they were not put."""
