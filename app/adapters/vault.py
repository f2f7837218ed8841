"""The vault: AES-256-GCM under keys that are derived from the service's secrets and never reach the database.

Layout of what is sealed: 4 bytes name of the key · 12 bytes nonce · ciphertext and tag. The place (organisation, row,
purpose) is associated data, so that a sealed text moved elsewhere opens nowhere.
"""

import hashlib
import os
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.shared.ids import OrganisationId

_NAME, _NONCE = 4, 12


class AesVault:
    """See `services.ports.vault.Vault`. Keys have 32 bytes; the first one seals, all of them open."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """`ValueError` without a key."""
        if not keys:
            raise ValueError("a vault needs a key")
        self._current = _name_of(keys[0])
        self._keys = {_name_of(key): AESGCM(key) for key in reversed(keys)}

    def seal(self, organisation: OrganisationId, row: UUID, purpose: str, words: str) -> bytes:
        """See the port."""
        nonce = os.urandom(_NONCE)
        place = _place(organisation, row, purpose)
        return self._current + nonce + self._keys[self._current].encrypt(nonce, words.encode(), place)

    def open(self, organisation: OrganisationId, row: UUID, purpose: str, sealed: bytes) -> str | None:
        """See the port."""
        key = self._keys.get(sealed[:_NAME])
        if key is None:
            return None
        nonce, rest = sealed[_NAME : _NAME + _NONCE], sealed[_NAME + _NONCE :]
        try:
            return key.decrypt(nonce, rest, _place(organisation, row, purpose)).decode()
        except (InvalidTag, ValueError):
            return None


def _name_of(key: bytes) -> bytes:
    return hashlib.sha256(b"name of a vault's key" + key).digest()[:_NAME]


def _place(organisation: OrganisationId, row: UUID, purpose: str) -> bytes:
    return organisation.bytes + row.bytes + purpose.encode()
