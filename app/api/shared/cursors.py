"""Places in a list, sealed: nobody can read, change, keep for long or pass on a cursor.

The seal is AES-SIV: the same place gives the same cursor within ten minutes, so that a page's ETag stands still.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.events.feed import FeedPosition
from app.domain.shared.actor import Actor
from app.domain.shared.errors import CursorMismatch

SortValue = str | int | bool | UUID | datetime | date | None
Question = Mapping[str, str | int | bool | UUID | date | Sequence[str] | None]
"""What is asked: the list's name and every filter. The same in REST and GraphQL, so that cursors are too."""

LIFETIME: Final = timedelta(hours=24)
_GRAIN_SECONDS = 600
_FEED: Final = "events"
_LONGEST = 1024
_compact = json.JSONEncoder(sort_keys=True, default=str, separators=(",", ":")).encode
"""Made once: `json.dumps` with options makes an encoder for each call."""
_SHORTEST_SECRET = 16
_READ: Mapping[str, Callable[[Any], SortValue]] = {
    "u": lambda value: UUID(hex=value),
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
}


class CursorCodec:
    """Seals and opens cursors. Both ways in use the one that bootstrap made; replicas share the secret."""

    def __init__(self, secret: bytes) -> None:
        """`ValueError` for a secret of under 16 bytes."""
        if len(secret) < _SHORTEST_SECRET:
            raise ValueError("a cursor secret has at least 16 bytes")
        key = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"verksted cursor 1").derive(secret)
        self._seal = AESSIV(key)

    def seal(self, place: Sequence[SortValue], question: Question, actor: Actor, now: datetime) -> str:
        """The cursor of the row with these sort values, for this question and this asker.

        Good for 24 hours from `now` (aware), and up to ten minutes longer.
        """
        expiry = int((now + LIFETIME).timestamp()) // _GRAIN_SECONDS + 1
        content = _compact([expiry, [_write(value) for value in place]])
        sealed = self._seal.encrypt(content.encode(), [_binding(question, actor)])
        return urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def seal_for_good(self, place: Sequence[SortValue], question: Question) -> str:
        """The same without an end and for no asker: whoever asks stands in the question. What it is good for is decided
        by what it says."""
        content = _compact([None, [_write(value) for value in place]])
        sealed = self._seal.encrypt(content.encode(), [_bound(question)])
        return urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open_for_good(self, cursor: str, question: Question) -> tuple[SortValue, ...]:
        """What was sealed; `CursorMismatch` for anything that was changed, or belongs to another question."""
        try:
            _, place = json.loads(self._seal.decrypt(_decode(cursor), [_bound(question)]))
        except (InvalidTag, ValueError):
            raise CursorMismatch from None
        return tuple(_read(value) for value in place)

    def open(self, cursor: str, question: Question, actor: Actor, now: datetime) -> tuple[SortValue, ...]:
        """The sort values that were sealed, with their types.

        Raises `CursorMismatch` for anything that was changed, is older than a day, or belongs to another
        question or asker.
        """
        try:
            sealed = _decode(cursor)
            expiry, place = json.loads(self._seal.decrypt(sealed, [_binding(question, actor)]))
        except (InvalidTag, ValueError):
            raise CursorMismatch from None
        if now.timestamp() >= expiry * _GRAIN_SECONDS:
            raise CursorMismatch
        return tuple(_read(value) for value in place)


class SealedPositions:
    """See `app.services.events.ports.FeedPositions`."""

    def __init__(self, codec: CursorCodec) -> None:
        self._codec = codec

    def seal(self, position: FeedPosition, question: Mapping[str, str]) -> str:
        place = (f"{position.number:020d}", position.seen_to)  # one length, so that it tells no number
        return self._codec.seal_for_good(place, {"list": _FEED, **question})

    def open(self, text: str, question: Mapping[str, str]) -> FeedPosition:
        number, seen_to = self._codec.open_for_good(text, {"list": _FEED, **question})
        assert isinstance(number, str)
        assert isinstance(seen_to, datetime)
        return FeedPosition(int(number), seen_to)


def _decode(cursor: str) -> bytes:
    """Only the one spelling that `seal` wrote: base64 itself forgives changed trailing bits."""
    if len(cursor) > _LONGEST or not cursor.isascii():
        raise ValueError("not a cursor")
    sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    if urlsafe_b64encode(sealed).rstrip(b"=").decode() != cursor:
        raise ValueError("not a cursor")
    return sealed


def _binding(question: Question, actor: Actor) -> bytes:
    who = [actor.issuer, actor.subject, actor.client]
    return _compact([question, who]).encode()


def _bound(question: Question) -> bytes:
    return _compact(["for good", question]).encode()


def _write(value: SortValue) -> object:
    match value:
        case UUID():
            return ["u", value.hex]
        case datetime():
            return ["t", value.astimezone(UTC).isoformat()]
        case date():
            return ["d", value.isoformat()]
    return value


def _read(value: Any) -> SortValue:
    if isinstance(value, list):
        kind, text = value
        return _READ[kind](text)
    assert value is None or isinstance(value, str | int)
    return value
