"""Tink's keysets: what seals, what wraps, and how a keyset is renewed. The one module that knows Tink.

Tink is imported when the first key is needed: it takes a tenth of a second, which a start needn't wait for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any


class Unopenable(ValueError):
    """A keyset that none of our secrets opens, or that has been tampered with."""


@cache
def _tink() -> Any:
    import tink  # type: ignore[import-untyped]
    from tink import aead, secret_key_access
    from tink.proto import aes_gcm_pb2, tink_pb2  # type: ignore[import-untyped]

    aead.register()

    class Names:
        """What is used of Tink."""

        Aead, templates, token = aead.Aead, aead.aead_key_templates, secret_key_access.TOKEN
        Error, protos, aes, package = tink.TinkError, tink_pb2, aes_gcm_pb2, tink

    return Names


def warm() -> None:
    """Import Tink now."""
    _tink()


class Wrapping:
    """Wraps keysets under keys derived from the service's secrets: the first one wraps, all of them open."""

    def __init__(self, derived: Sequence[bytes]) -> None:
        """`ValueError` without a key: nothing would be sealed, or nothing could be opened."""
        if not derived:
            raise ValueError("keys need a secret to be wrapped under")
        self.derived = tuple(dict.fromkeys(derived))
        self._aead: Any = None

    def wrap(self, keyset: Keyset, place: bytes) -> bytes:
        """The keyset, encrypted for this place."""
        tink = _tink()
        wrapped: bytes = tink.package.proto_keyset_format.serialize_encrypted(
            keyset.handle, self._wrapping(), place
        )
        return wrapped

    def unwrap(self, wrapped: bytes, place: bytes) -> Keyset:
        """The keyset again. `Unopenable`."""
        tink = _tink()
        try:
            handle = tink.package.proto_keyset_format.parse_encrypted(wrapped, self._wrapping(), place)
            return Keyset(handle)
        except (tink.Error, ValueError) as error:
            raise Unopenable from error

    def _wrapping(self) -> Any:
        if self._aead is None:
            self._aead = _of_derived(self.derived)
        return self._aead


class Keyset:
    """A keyset as Tink keeps it, with the primitive made of it once. See `services.ports.person_keys.Key`."""

    __slots__ = ("_aead", "handle")

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self._aead = handle.primitive(_tink().Aead)

    @classmethod
    def new(cls) -> Keyset:
        """A keyset of one fresh AES-256-GCM key."""
        tink = _tink()
        return cls(tink.package.new_keyset_handle(tink.templates.AES256_GCM))

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """See the port."""
        sealed: bytes = self._aead.encrypt(plain, place)
        return sealed

    def open(self, sealed: bytes, place: bytes) -> bytes | None:
        """See the port."""
        try:
            plain: bytes = self._aead.decrypt(sealed, place)
        except _tink().Error:
            return None
        return plain

    @property
    def primary(self) -> int:
        """The number of the key that seals."""
        number: int = self.handle.keyset_info().primary_key_id
        return number

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all its keys."""
        return tuple(key.key_id for key in self.handle.keyset_info().key_info)


def with_new_primary(keyset: Keyset) -> Keyset:
    """The same keys and a fresh one, which seals from now on."""
    tink, proto = _tink(), _laid_open(keyset)
    fresh = _laid_open(Keyset.new())
    taken = {key.key_id for key in proto.key}
    while fresh.primary_key_id in taken:
        fresh = _laid_open(Keyset.new())
    proto.key.append(fresh.key[0])
    proto.primary_key_id = fresh.primary_key_id
    return Keyset(tink.package.proto_keyset_format.parse(proto.SerializeToString(), tink.token))


def with_keys(keyset: Keyset, numbers: Iterable[int], *, others: str) -> Keyset:
    """The same keyset, in which these keys are good; of `others` none opens: they are `disabled`, or `deleted`.

    The primary is always good.
    """
    tink, proto = _tink(), _laid_open(keyset)
    good = {*numbers, proto.primary_key_id}
    if others == "deleted":
        kept = [key for key in proto.key if key.key_id in good]
        del proto.key[:]
        proto.key.extend(kept)
    for key in proto.key:
        key.status = tink.protos.ENABLED if key.key_id in good else tink.protos.DISABLED
    return Keyset(tink.package.proto_keyset_format.parse(proto.SerializeToString(), tink.token))


def _laid_open(keyset: Keyset) -> Any:
    tink = _tink()
    plain = tink.package.proto_keyset_format.serialize(keyset.handle, tink.token)
    return tink.protos.Keyset.FromString(plain)


def _of_derived(derived: Sequence[bytes]) -> Any:
    """One keyset of all derived keys; each is known by a number that follows from it."""
    tink = _tink()
    keyset = tink.protos.Keyset()
    for key in derived:
        number = int.from_bytes(hashlib.sha256(b"number of a wrapping key" + key).digest()[:4], "big") or 1
        entry = keyset.key.add()
        entry.key_data.type_url = "type.googleapis.com/google.crypto.tink.AesGcmKey"
        entry.key_data.value = tink.aes.AesGcmKey(version=0, key_value=key).SerializeToString()
        entry.key_data.key_material_type = tink.protos.KeyData.SYMMETRIC
        entry.status, entry.key_id = tink.protos.ENABLED, number
        entry.output_prefix_type = tink.protos.TINK
    keyset.primary_key_id = keyset.key[0].key_id
    handle = tink.package.proto_keyset_format.parse(keyset.SerializeToString(), tink.token)
    return handle.primitive(tink.Aead)
