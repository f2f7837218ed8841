"""Port: a key for each person, kept outside the database. Destroying it makes what was sealed under it unreadable."""

from typing import Protocol

from app.domain.shared.ids import PersonId


class Key(Protocol):
    """Seals and opens under one person's key. `place` binds what is sealed to where it stands."""

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """Sealed for this place alone. Twice the same never looks the same."""

    def open(self, sealed: bytes, place: bytes) -> bytes | None:
        """What was sealed; None where it was sealed under another key, or for another place."""


class PersonKeys(Protocol):
    """Whose key is destroyed, of them nothing that was sealed can be read again: not here, not in a backup (P7)."""

    def get(self, person: PersonId) -> Key | None:
        """The person's key; None where there is none (any more). `Busy` where it is there and can't be read now."""

    def get_or_create(self, person: PersonId) -> Key:
        """The person's key, made where there was none. Of two first uses at once both get the same one."""

    def destroy(self, person: PersonId) -> None:
        """Destroy it for good: at once in this process, within a second in every other. Twice is the same as once."""
