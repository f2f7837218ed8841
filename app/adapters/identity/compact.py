"""Taking a compact token apart, strictly (rules 1 to 6): one token has one spelling, or it is refused.

Lax decoders skip characters, forgive padding and let the last of two equal names win; then two programs can read
two different things in the same token.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Never

from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.rules import RuleBroken

MAX_TOKEN_BYTES = 8192
_ABSENT = object()
_TYPES_WHEN_NOT_DEMANDED = frozenset({"jwt", "at+jwt"})


@dataclass(frozen=True, slots=True)
class CompactToken:
    """The parts of a token. Nothing in here has been verified."""

    header: Mapping[str, object]
    payload: bytes
    claims: Mapping[str, object]


def decode_base64url(text: str) -> bytes:
    """The bytes behind canonical base64url without padding; `ValueError` for every other spelling."""
    decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if urlsafe_b64encode(decoded).rstrip(b"=") != text.encode("ascii"):
        raise ValueError("not canonical base64url")
    return decoded


def decode_object(data: bytes) -> dict[str, object]:
    """The JSON object in these bytes; `ValueError` for anything else, equal names and NaN included."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def measure(token: str) -> bytes:
    """Rule 1, the size: the token's bytes, where there are not too many of them to look at."""
    if len(token) > MAX_TOKEN_BYTES or not token.isascii():
        raise RuleBroken(1)
    return token.encode("ascii")


def take_apart(token: str) -> CompactToken:
    """Rules 1, 2 and 6: three parts, and JSON objects in the first two."""
    parts = token.split(".")
    if len(parts) != 3:  # five would be a JWE: it is never opened
        raise RuleBroken(1)
    try:
        header = decode_object(decode_base64url(parts[0]))
    except ValueError:
        raise RuleBroken(2) from None
    try:
        payload = decode_base64url(parts[1])
        claims = decode_object(payload)
    except ValueError:
        raise RuleBroken(6) from None
    try:
        decode_base64url(parts[2])
    except ValueError:
        raise RuleBroken(8) from None
    return CompactToken(header, payload, claims)


def check_header(header: Mapping[str, object], config: IssuerConfig) -> tuple[str, str]:
    """Rules 2 to 5: the algorithm and the key id that the header names, where this issuer may use them.

    `jku`, `x5u`, `jwk` and `x5c` are never looked at: the issuer's keys come from the pinned place alone.
    """
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in config.algorithms:
        raise RuleBroken(2)
    if "crit" in header or "b64" in header:  # we understand no extension, and RFC 7797 changes what is signed
        raise RuleBroken(3)
    if not _type_fits(header.get("typ", _ABSENT), config.typ):
        raise RuleBroken(4)
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise RuleBroken(7)
    return algorithm, kid


def _type_fits(typ: object, allowed: frozenset[str] | None) -> bool:
    if typ is _ABSENT:  # `null` is not absent
        return allowed is None
    if not isinstance(typ, str):
        return False
    # RFC 7515 §4.1.9: a media type, case does not matter, and `application/` may be left out.
    return typ.lower().removeprefix("application/") in (allowed or _TYPES_WHEN_NOT_DEMANDED)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("the same name twice")
    return value


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")
