"""The development issuer's signing keys: one file that only its owner can read, shared by all processes here."""

import fcntl
import json
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.adapters.identity.keys import Jwk

_BITS = 2048
_FILE = "dev-issuer-keys.json"


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as it lies in the file."""

    kid: str
    pem: str
    published_until: str | None = None
    """ISO 8601, UTC. None: this is the key that signs now."""

    def is_published(self, now: datetime) -> bool:
        """Whether the public half still stands in the JWKS document."""
        return self.published_until is None or now < datetime.fromisoformat(self.published_until)


@dataclass(frozen=True, slots=True)
class DevKey:
    """A key that is ready for use."""

    stored: StoredKey
    private: rsa.RSAPrivateKey
    jwk: Jwk
    """The public half, as it is published."""


class DevKeys:
    """The key that signs now, first, and those before it. Another process's rotation is noticed at the next use."""

    def __init__(self, data_dir: Path) -> None:
        """Makes the directory and the first key where they are missing."""
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = data_dir / _FILE
        self._place = str(self._path)
        self._stamp: tuple[int, int] | None = None
        self._keys: tuple[DevKey, ...] = ()
        with self._locked():
            if not self._path.exists():
                self._write([_new_key()])

    def all(self) -> tuple[DevKey, ...]:
        """All keys, the one that signs first."""
        status = os.stat(self._place)
        stamp = (status.st_ino, status.st_mtime_ns)
        if stamp != self._stamp:
            self._keys = tuple(_load(key) for key in self._read())
            self._stamp = stamp
        return self._keys

    def rotate(self, now: datetime, publish_old_for: timedelta) -> str:
        """Sign with a new key from now on; returns its id. Old ones stay published for that long, then go."""
        with self._locked():
            until = (now + publish_old_for).isoformat()
            current, *older = self._read()
            retired = [StoredKey(current.kid, current.pem, until), *older]
            new = _new_key()
            self._write([new, *(key for key in retired if key.is_published(now))])
        return new.kid

    @contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = os.open(self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _read(self) -> list[StoredKey]:
        return [StoredKey(**key) for key in json.loads(self._path.read_text("utf-8"))]

    def _write(self, keys: list[StoredKey]) -> None:
        fresh = self._path.with_suffix(f".{secrets.token_hex(4)}.new")
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump([asdict(key) for key in keys], file)
        fresh.replace(self._path)


def _new_key() -> StoredKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
    return StoredKey(f"dev-{secrets.token_hex(8)}", pem)


def _load(stored: StoredKey) -> DevKey:
    private = load_pem_private_key(stored.pem.encode("ascii"), password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("the development issuer signs with RSA")
    numbers = private.public_key().public_numbers()
    jwk = {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": stored.kid,
        "n": _base64url(numbers.n),
        "e": _base64url(numbers.e),
    }
    return DevKey(stored, private, jwk)


def _base64url(number: int) -> str:
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
