"""The ledger of erasures: a directory with a small file for each, beside the people's keys and outside every backup of the
database. In it stand ids that lead nowhere any more, times and counts, and nothing that could be read."""

import json
import os
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from uuid import UUID

from app.domain.keeping.erasure import Erasure
from app.domain.shared.errors import Busy
from app.domain.shared.ids import PersonId


class LedgerDirectory:
    """See `services.keeping.ports.ErasureLedger`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def note(self, erasure: Erasure) -> None:
        """See the port."""
        try:
            self._put(erasure)
        except OSError:
            raise Busy from None

    def find(self, person: PersonId) -> Erasure | None:
        """See the port."""
        path = self._path(person)
        return from_line(path.read_text()) if path.exists() else None

    def all(self) -> list[Erasure]:
        """See the port."""
        found = [from_line(path.read_text()) for path in self._directory.glob("*.json")]
        return sorted(found, key=lambda each: (each.erased_at, each.person))

    def _put(self, erasure: Erasure) -> None:
        path = self._path(erasure.person)
        if path.exists():
            return
        beside = self._directory / f"{erasure.person}.{token_hex(8)}.new"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, to_line(erasure).encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(beside, path)
        handle = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _path(self, person: PersonId) -> Path:
        return self._directory / f"{person}.json"


def to_line(erasure: Erasure) -> str:
    """One line of JSON, as `verksted erasures export` writes it."""
    return json.dumps(
        {
            "person": str(erasure.person),
            "erased_at": erasure.erased_at.isoformat(),
            "gone": {name: number for name, number in sorted(erasure.gone.items()) if number},
        }
    )


def from_line(line: str) -> Erasure:
    """The same again; `ValueError` or `KeyError` for what isn't one."""
    read = json.loads(line)
    return Erasure(
        person=PersonId(UUID(read["person"])),
        erased_at=datetime.fromisoformat(read["erased_at"]),
        gone={str(name): int(number) for name, number in read["gone"].items()},
    )
