"""The chain of seals over the log: whatever is changed, taken out or slipped in afterwards is found.

A seal holds which entries there were, in which order, and a hash of each; and the hash of all of it together with the
seal before. Who wants to change the past has to change every seal since, and then the anchors that others keep.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.audit.entry import KEPT_DAYS

BEGINNING = bytes(32)
"""What the first seal is tied to."""
LATE = timedelta(minutes=15)
"""How much older than the seal before it an entry may be: longer than any transaction of the service can last."""


class Fault(StrEnum):
    """What can be wrong with the log."""

    SEAL_MISSING = "seal_missing"
    SEAL_BROKEN = "seal_broken"
    """The seal itself isn't what it was."""
    SEAL_UNTIED = "seal_untied"
    """It doesn't follow from the one before it."""
    ENTRY_MISSING = "entry_missing"
    ENTRY_CHANGED = "entry_changed"
    ENTRY_BACKDATED = "entry_backdated"
    """It says that it is older than what was sealed before it."""
    ENTRY_UNKNOWN = "entry_unknown"
    """It is in no seal, and doesn't wait for one."""
    ENTRY_TWICE = "entry_twice"
    ANCHOR_LOST = "anchor_lost"
    """A seal that somebody has kept the hash of isn't there, or is another one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and where."""

    fault: Fault
    seal: int | None = None
    entry: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Some entries, in order, tied to those before them."""

    number: int
    sealed_at: datetime
    entries: tuple[UUID, ...]
    leaves: tuple[bytes, ...]
    """The hash of each entry, in the same order."""
    previous: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Anchor:
    """What others keep of a seal, so that nobody can make the whole chain anew."""

    number: int
    digest: bytes


def leaf_of(entry: Mapping[str, object]) -> bytes:
    """The hash of an entry. What an entry has nothing of doesn't count, so that later columns change no hash."""
    told = {name: _told(value) for name, value in entry.items() if value is not None}
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).digest()


def _told(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


def digest_of(
    number: int, sealed_at: datetime, entries: Iterable[UUID], leaves: Iterable[bytes], previous: bytes
) -> bytes:
    """The hash of a seal."""
    whole = hashlib.sha256(previous)
    whole.update(f"{number}|{_told(sealed_at)}|".encode())
    for entry, leaf in zip(entries, leaves, strict=True):
        whole.update(entry.bytes + leaf)
    return whole.digest()


def seal(previous: Seal | None, entries: Mapping[UUID, bytes], sealed_at: datetime) -> Seal:
    """The next seal, over these entries (id and hash), in this order."""
    number = 1 if previous is None else previous.number + 1
    tied_to = BEGINNING if previous is None else previous.digest
    names, leaves = tuple(entries), tuple(entries.values())
    return Seal(
        number=number,
        sealed_at=sealed_at,
        entries=names,
        leaves=leaves,
        previous=tied_to,
        digest=digest_of(number, sealed_at, names, leaves, tied_to),
    )


def check_seal(previous: Seal | None, found: Seal) -> Iterator[Finding]:
    """Whether a seal is what it was, and follows the one before it (None: it has to be the first)."""
    expected = 1 if previous is None else previous.number + 1
    for missing in range(expected, min(found.number, expected + 100)):
        yield Finding(Fault.SEAL_MISSING, missing)
    if found.number == expected:
        tied_to = BEGINNING if previous is None else previous.digest
        if found.previous != tied_to:
            yield Finding(Fault.SEAL_UNTIED, found.number)
    whole = len(found.entries) == len(found.leaves) and found.digest == digest_of(
        found.number, found.sealed_at, found.entries, found.leaves, found.previous
    )
    if not whole:
        yield Finding(Fault.SEAL_BROKEN, found.number)


def check_entries(
    previous: Seal | None,
    found: Seal,
    entries: Mapping[UUID, tuple[bytes, datetime]],
    now: datetime,
) -> Iterator[Finding]:
    """Whether the entries that a seal names are there as they were (hash, and when the database took them in).

    Those whose time is over may be gone.
    """
    over = found.sealed_at < now - timedelta(days=KEPT_DAYS)
    for name, leaf in zip(found.entries, found.leaves, strict=False):
        there = entries.get(name)
        if there is None:
            if not over:
                yield Finding(Fault.ENTRY_MISSING, found.number, name)
        elif there[0] != leaf:
            yield Finding(Fault.ENTRY_CHANGED, found.number, name)
        elif previous is not None and there[1] < previous.sealed_at - LATE:
            yield Finding(Fault.ENTRY_BACKDATED, found.number, name)


def check_anchors(anchors: Iterable[Anchor], digests: Mapping[int, bytes]) -> Iterator[Finding]:
    """Whether every seal that somebody has kept the hash of is still there."""
    for anchor in anchors:
        if digests.get(anchor.number) != anchor.digest:
            yield Finding(Fault.ANCHOR_LOST, anchor.number)
