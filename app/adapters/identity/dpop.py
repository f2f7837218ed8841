"""Proof that whoever shows a token has the key that it is bound to (RFC 9449), and shows it here and now (rule 15)."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

from app.adapters.identity.compact import CompactToken, measure, take_apart
from app.adapters.identity.keys import fit_key
from app.adapters.identity.rules import RuleBroken
from app.adapters.identity.signature import verify_signature
from app.adapters.identity.values import text
from app.services.ports.token_verifier import PROOF_ALGORITHMS, Possession

OLDEST = timedelta(seconds=15)
"""A proof is made for one request: ten seconds for its way here, and five for clocks that differ."""
NEWEST = timedelta(seconds=5)
REMEMBERED = timedelta(minutes=5)
"""So long a proof is remembered: longer than it is any good, by whichever replica's clock."""
_MEMBERS = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_PORTS = {"https": 443, "http": 80}


class Proofs(Protocol):
    """What remembers, for all replicas, which proofs have been shown."""

    async def use_once(self, digest: bytes, kept: timedelta) -> bool:
        """Whether it is the first time, as far back as `kept`. Raises `Busy` where nobody can say."""
        ...


async def require_proof(
    possession: Possession, token_digest: bytes, bound_to: str, proofs: Proofs, now: datetime
) -> None:
    """Refuse with `RuleBroken` unless this is a fresh proof for this token, this request and this key, shown once."""
    parts = take_apart(measure(possession.proof).decode())
    _check_signature(possession.proof, parts, bound_to)
    claims = parts.claims
    jti, at = text(claims, "jti", rule=15), claims.get("iat")
    if type(at) is not int or jti is None:
        raise RuleBroken(15)
    if not (now - OLDEST).timestamp() <= at <= (now + NEWEST).timestamp():
        raise RuleBroken(15)
    if claims.get("htm") != possession.method or not _is_same_place(claims.get("htu"), possession.url):
        raise RuleBroken(15)
    if claims.get("ath") != _base64url(token_digest):
        raise RuleBroken(15)
    if not await proofs.use_once(sha256(f"{bound_to}.{jti}".encode()).digest(), REMEMBERED):
        raise RuleBroken(15)


def thumbprint(jwk: Mapping[str, object]) -> str:
    """A public key's name by its content (RFC 7638); `RuleBroken` for what is no public key that we know."""
    names = _MEMBERS.get(str(jwk.get("kty")), ())
    members = {name: jwk.get(name) for name in names}
    if not members or not all(isinstance(value, str) for value in members.values()):
        raise RuleBroken(15)
    return _base64url(sha256(json.dumps(members, separators=(",", ":")).encode()).digest())


def _check_signature(proof: str, parts: CompactToken, bound_to: str) -> None:
    header = parts.header
    algorithm, jwk = header.get("alg"), header.get("jwk")
    if header.get("typ") != "dpop+jwt" or "crit" in header or "b64" in header:
        raise RuleBroken(15)
    if not isinstance(algorithm, str) or algorithm not in PROOF_ALGORITHMS or not isinstance(jwk, dict):
        raise RuleBroken(15)
    if not _PRIVATE.isdisjoint(jwk) or thumbprint(jwk) != bound_to:
        raise RuleBroken(15)
    if verify_signature(proof, fit_key(jwk, algorithm)) != parts.payload:
        raise RuleBroken(15)


def _is_same_place(claimed: object, ours: str) -> bool:
    """Whether an address is where we are, query and fragment aside (RFC 9449 §4.3)."""
    if not isinstance(claimed, str):
        return False
    try:
        return _place(claimed) == _place(ours)
    except ValueError:
        return False


def _place(url: str) -> tuple[str, str, int | None, str]:
    parts = urlsplit(url)
    if parts.username is not None or not parts.hostname:
        raise ValueError("no place")
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme), parts.path or "/"


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
