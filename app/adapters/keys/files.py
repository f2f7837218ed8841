"""A directory with one wrapped keyset a file, each of one owner: a person, or an organisation.

Outside the database and outside its backups, shared by the replicas. A key is there whole or not at all: it is written
beside its place, flushed, and linked into it, so that of two first uses one wins and the other takes what is there.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from uuid import UUID

from app.adapters.keys.keysets import Keyset, Unopenable, Wrapping
from app.domain.shared.errors import Busy

MAGIC = b"VKK1"
_SINCE = 8
FRESH_SECONDS = 1.0
"""How long a key that was looked for on the disk is believed to be there: the bound for other replicas."""
KEPT = 10_000
"""Keys that a process remembers, some two kilobytes each."""


@dataclass(slots=True)
class _Known:
    keyset: Keyset
    since: int
    stamp: tuple[int, int]
    looked_at: float


class KeyFiles:
    """See `services.ports.person_keys.PersonKeys`."""

    def __init__(
        self,
        directory: Path,
        wrapping: Wrapping,
        *,
        kept: int = KEPT,
        fresh_seconds: float = FRESH_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._directory, self._wrapping = directory, wrapping
        self._kept, self._fresh, self._clock = kept, fresh_seconds, clock
        self._flushes = True
        self._known: OrderedDict[UUID, _Known] = OrderedDict()
        self._there: dict[UUID, float] = {}
        """When a key was last seen to be there; asked for at each request of its person."""
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def get(self, owner: UUID) -> Keyset | None:
        """See the port. One look at the file a second at most, and its words are read again only if it has changed."""
        known = self._known.get(owner)
        now = self._clock()
        if known is not None and now - known.looked_at < self._fresh:
            self._known.move_to_end(owner)
            return known.keyset
        try:
            stamp = _stamp(os.stat(self._path(owner)))
            if known is None or known.stamp != stamp:
                return self._load(owner)
        except FileNotFoundError:
            self._known.pop(owner, None)
            return None
        except OSError:
            raise Busy from None
        known.looked_at = now
        self._known.move_to_end(owner)
        return known.keyset

    def is_there(self, owner: UUID) -> bool:
        """Whether this key hasn't been destroyed: as sure as `get`, and nothing is opened for it."""
        now, looked_at = self._clock(), self._there.get(owner)
        if looked_at is not None and now - looked_at < self._fresh:
            return True
        try:
            found = self._path(owner).exists()
        except OSError:
            raise Busy from None
        if not found:
            self._there.pop(owner, None)
            return False
        if len(self._there) >= self._kept:
            self._there.clear()
        self._there[owner] = now
        return True

    def reread(self, owner: UUID) -> Keyset | None:
        """The key as it stands on the disk now: another replica may have renewed it this second."""
        known = self._known.get(owner)
        if known is not None:
            known.looked_at = -self._fresh
        return self.get(owner)

    def get_or_create(self, owner: UUID) -> Keyset:
        """See the port."""
        found = self.get(owner)
        if found is not None:
            return found
        try:
            with suppress(FileExistsError):
                self._link(owner, self._sealed(owner, Keyset.new(), _now()))
        except OSError:
            raise Busy from None
        found = self.get(owner)
        if found is None:
            raise Busy  # destroyed in the same moment, or none of our secrets opens what is there
        return found

    def destroy(self, owner: UUID) -> None:
        """Overwrite, remove, make sure that the directory has forgotten it; and forget it here.

        Also what a killed renewal may have left beside it: that holds the same key.
        """
        self._forget(owner)
        with self.locked():
            for path in [self._path(owner), *self._directory.glob(f"{owner}.*.new")]:
                with suppress(FileNotFoundError):
                    _shred(path)
            self._settle()
        self._forget(owner)

    def _forget(self, owner: UUID) -> None:
        self._known.pop(owner, None)
        self._there.pop(owner, None)

    def owners(self) -> Iterator[UUID]:
        """All whose key lies here."""
        for entry in os.scandir(self._directory):
            if entry.name.endswith(".key"):
                with suppress(ValueError):
                    yield UUID(entry.name.removesuffix(".key"))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone with the keys that lie here: who renews one mustn't bring back what another destroys."""
        handle = os.open(self._directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Make many keys, and flush them once, at the end: nothing may be committed before that."""
        self._flushes = False
        try:
            yield
        finally:
            self._flushes = True
            os.sync()

    def since(self, owner: UUID) -> int | None:
        """When its present primary was made, in milliseconds."""
        return self._known[owner].since if self.reread(owner) is not None else None

    def replace(self, owner: UUID, change: Callable[[Keyset], Keyset]) -> bool:
        """Put a changed keyset in the place of what is there; False where nothing is there any more.

        Its time is a new one only where the key that seals is.
        """
        with self.locked():
            self._known.pop(owner, None)
            keyset = self.get(owner)
            if keyset is None:
                return False
            changed, since = change(keyset), self._known[owner].since
            since = since if changed.primary == keyset.primary else _now()
            os.replace(self._beside(owner, self._sealed(owner, changed, since)), self._path(owner))
            self._settle()
            self._known.pop(owner, None)
            return True

    def _load(self, owner: UUID) -> Keyset | None:
        with self._path(owner).open("rb") as file:
            stamp, content = _stamp(os.fstat(file.fileno())), file.read()
        self._known.pop(owner, None)
        head, wrapped = content[: len(MAGIC) + _SINCE], content[len(MAGIC) + _SINCE :]
        if not head.startswith(MAGIC):
            return None
        try:
            keyset = self._wrapping.unwrap(wrapped, _place(owner, head))
        except Unopenable:
            return None
        since = int.from_bytes(head[len(MAGIC) :], "big")
        self._known[owner] = _Known(keyset, since, stamp, self._clock())
        if len(self._known) > self._kept:
            self._known.popitem(last=False)
        return keyset

    def _sealed(self, owner: UUID, keyset: Keyset, since: int) -> bytes:
        head = MAGIC + since.to_bytes(_SINCE, "big")
        return head + self._wrapping.wrap(keyset, _place(owner, head))

    def _link(self, owner: UUID, content: bytes) -> None:
        beside = self._beside(owner, content)
        try:
            os.link(beside, self._path(owner))
        finally:
            beside.unlink()
        self._settle()

    def _beside(self, owner: UUID, content: bytes) -> Path:
        path = self._directory / f"{owner}.{token_hex(8)}.new"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, content)
            if self._flushes:
                os.fsync(handle)
        finally:
            os.close(handle)
        return path

    def _path(self, owner: UUID) -> Path:
        return self._directory / f"{owner}.key"

    def _settle(self) -> None:
        if not self._flushes:
            return
        handle = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_ino, status.st_mtime_ns


def _place(owner: UUID, head: bytes) -> bytes:
    return b"verksted key|" + head + owner.bytes


def _now() -> int:
    return int(time.time() * 1000)


def _shred(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\x00" * os.fstat(file.fileno()).st_size)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
