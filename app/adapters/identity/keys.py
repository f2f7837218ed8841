"""Public keys: where they come from, and which of them may verify (rule 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.adapters.identity.compact import decode_base64url
from app.adapters.identity.rules import RuleBroken

Jwk = Mapping[str, object]
"""One key as the issuer published it (RFC 7517)."""

_KEY_TYPE = {"RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "ES256": "EC"}
_RSA_BITS = range(2048, 8193)
_P256_BYTES = 32


class KeySource(Protocol):
    """The keys of one issuer."""

    async def find(self, kid: str, now: datetime) -> Jwk | None:
        """The key with exactly this id; None where the issuer has none. `Busy` where that can't be known now."""
        ...


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public numbers of a key that fits, and nothing else of what was published with it."""

    algorithm: str
    members: tuple[tuple[str, str], ...]


def by_kid(document: Mapping[str, object]) -> dict[str, Jwk]:
    """The keys of a JWKS document by their id; `ValueError` where it is none. An id of two keys names neither."""
    keys = document.get("keys")
    if not isinstance(keys, list):
        raise ValueError("not a JWKS document")
    named: dict[str, Jwk] = {}
    twice: set[str] = set()
    for key in keys:
        if isinstance(key, Mapping) and isinstance(kid := key.get("kid"), str):
            if kid in named:
                twice.add(kid)
            named[kid] = key
    return {kid: key for kid, key in named.items() if kid not in twice}


def fit_key(jwk: Jwk, algorithm: str) -> PublicKey:
    """This key, for this algorithm and for verifying alone; raises `RuleBroken(7)` where it doesn't fit."""
    operations = jwk.get("key_ops", ["verify"])
    if (
        jwk.get("kty") != _KEY_TYPE[algorithm]
        or jwk.get("use", "sig") != "sig"
        or jwk.get("alg", algorithm) != algorithm
        or not isinstance(operations, list)
        or "verify" not in operations
    ):
        raise RuleBroken(7)
    return PublicKey(algorithm, _rsa(jwk) if jwk["kty"] == "RSA" else _p256(jwk))


def _rsa(jwk: Jwk) -> tuple[tuple[str, str], ...]:
    n, e = _number(jwk, "n"), _number(jwk, "e")
    if int.from_bytes(n[1], "big").bit_length() not in _RSA_BITS:
        raise RuleBroken(7)
    return ("kty", "RSA"), ("n", n[0]), ("e", e[0])


def _p256(jwk: Jwk) -> tuple[tuple[str, str], ...]:
    x, y = _number(jwk, "x"), _number(jwk, "y")
    if jwk.get("crv") != "P-256" or len(x[1]) != _P256_BYTES or len(y[1]) != _P256_BYTES:
        raise RuleBroken(7)
    return ("kty", "EC"), ("crv", "P-256"), ("x", x[0]), ("y", y[0])


def _number(jwk: Jwk, member: str) -> tuple[str, bytes]:
    text = jwk.get(member)
    try:
        if isinstance(text, str):
            return text, decode_base64url(text)
    except ValueError:
        pass
    raise RuleBroken(7)
