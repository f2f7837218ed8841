"""The ballot's key pair and its envelopes: HPKE (RFC 9180), a pair per ballot, the private half in one file each.

The directory lies outside the database and outside every backup, and is shared by the replicas. In production any key
service can stand in its place (port `BallotKeys`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.domain.admission.decision_rules import Choice
from app.domain.shared.errors import Busy
from app.domain.shared.ids import BallotId, MembershipId

_HOUR = 3600.0
_CHOICES = {Choice.FOR: b"\x01", Choice.AGAINST: b"\x02", Choice.ABSTAIN: b"\x03"}
_BY_BYTE = {byte: choice for choice, byte in _CHOICES.items()}


@dataclass(frozen=True, slots=True)
class KeyDirectory:
    """One file for each ballot, readable by the service's own user alone."""

    directory: Path

    def __post_init__(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def create(self, ballot: BallotId) -> bytes:
        """See `services.ports.ballot_keys.BallotKeys`."""
        pair = X25519PrivateKey.generate()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        handle = os.open(self._path(ballot), flags, 0o600)
        try:
            os.write(handle, pair.private_bytes_raw())
            os.fsync(handle)
        finally:
            os.close(handle)
        self._settle()
        return pair.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    def private(self, ballot: BallotId) -> bytes | None:
        """The private half; None where there is none. `Busy` where it is there and can't be read: that is no loss."""
        try:
            return self._path(ballot).read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise Busy from None

    def destroy(self, ballot: BallotId) -> None:
        """Overwrite, remove, and make sure that the directory has forgotten it."""
        path = self._path(ballot)
        with suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(b"\x00" * 32)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            self._settle()

    def all(self) -> list[BallotId]:
        """Ballots whose key lies here: each that hasn't ended, and what a crash has left."""
        found = []
        for path in self.directory.glob("*.key"):
            with suppress(ValueError):
                found.append(BallotId(UUID(path.stem)))
        return found

    def older_than_an_hour(self) -> list[BallotId]:
        """Ballots whose key still lies here, an hour after it was made; an opening under way is younger."""
        limit = time.time() - _HOUR
        found = []
        for path in self.directory.glob("*.key"):
            with suppress(FileNotFoundError, ValueError):
                if path.stat().st_mtime < limit:
                    found.append(BallotId(UUID(path.stem)))
        return found

    def _path(self, ballot: BallotId) -> Path:
        return self.directory / f"{UUID(str(ballot))}.key"

    def _settle(self) -> None:
        handle = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@dataclass(frozen=True, slots=True)
class HpkeEnvelopes:
    """Seals a vote to the ballot's public key.

    Inside: one byte of choice and 31 bytes of proof that this service has put it in (keyed by the service's secret), so
    that whoever can write to the database, and no more, can't stuff the box. Outside: always 80 bytes.
    """

    secret: bytes
    suite: Suite = field(default_factory=lambda: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM))

    def seal(self, public_key: bytes, ballot: BallotId, voter: MembershipId, choice: Choice) -> bytes:
        """See `services.ports.ballot_keys.Envelopes`."""
        byte = _CHOICES[choice]
        plain = byte + self._proof(ballot, voter, byte)
        return self.suite.encrypt(plain, _public(public_key), info=_context(ballot, voter))

    def open(self, private_key: bytes, ballot: BallotId, voter: MembershipId, sealed: bytes) -> Choice | None:
        """See `services.ports.ballot_keys.Envelopes`."""
        key = X25519PrivateKey.from_private_bytes(private_key)
        try:
            plain = self.suite.decrypt(sealed, key, info=_context(ballot, voter))
        except (InvalidTag, ValueError):
            return None
        byte, proof = plain[:1], plain[1:]
        if not hmac.compare_digest(proof, self._proof(ballot, voter, byte)):
            return None
        return _BY_BYTE.get(byte)

    def _proof(self, ballot: BallotId, voter: MembershipId, choice: bytes) -> bytes:
        return hmac.digest(self.secret, _context(ballot, voter) + choice, hashlib.sha256)[:31]


@lru_cache(maxsize=256)  # everybody in a ballot seals to the same one
def _public(key: bytes) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(key)


def _context(ballot: BallotId, voter: MembershipId) -> bytes:
    return b"verksted ballot v1" + ballot.bytes + voter.bytes
