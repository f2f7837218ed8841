"""Is this token signed with this key (rule 8)? The one file that knows python-jose.

python-jose 3.5 tries every key that it is given, takes a public key in DER for an HMAC secret (CVE-2026-85394),
and checks claims laxly. So it is asked one thing only, with one constructed key and one algorithm; all other
rules are ours. To replace the library, replace this file.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from jose import jwk, jws
from jose.backends.base import Key
from jose.exceptions import JOSEError

from app.adapters.identity.compact import decode_base64url
from app.adapters.identity.keys import PublicKey
from app.adapters.identity.rules import RuleBroken

_REMEMBERED_KEYS = 64


def verify_signature(token: str, key: PublicKey) -> bytes:
    """The payload that was signed with this key; raises `RuleBroken`, 7 for the key and 8 for the signature."""
    try:
        constructed = _construct(key)
    except (JOSEError, ValueError, UnsupportedAlgorithm):
        raise RuleBroken(7) from None
    try:
        return jws.verify(token, constructed, algorithms=[key.algorithm])
    except JOSEError:
        raise RuleBroken(8) from None


@lru_cache(maxsize=_REMEMBERED_KEYS)
def _construct(key: PublicKey) -> Key:
    # By content, so that a key that has been replaced is never met under its old id.
    members = dict(key.members)
    if key.algorithm == "PS256":
        return _Pss(members)
    return jwk.construct(members, algorithm=key.algorithm)


class _Pss(Key):
    """RSASSA-PSS with SHA-256 (RFC 7518 §3.5), which python-jose lacks."""

    def __init__(self, members: dict[str, str]) -> None:
        n, e = (int.from_bytes(decode_base64url(members[name]), "big") for name in ("n", "e"))
        self._rsa = rsa.RSAPublicNumbers(e, n).public_key()

    def verify(self, msg: bytes, sig: bytes) -> bool:
        """Whether this signature belongs to this message."""
        try:
            self._rsa.verify(sig, msg, padding.PSS(padding.MGF1(SHA256()), SHA256.digest_size), SHA256())
        except InvalidSignature:
            return False
        return True
