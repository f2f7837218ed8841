"""The second opinion: joserfc, with the rules that a library can't know, written once more and differently."""

import json
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

from app.adapters.identity.issuers import IssuerConfig

REGISTRY = JWSRegistry(algorithms=["RS256", "PS256", "ES256"], strict_check_header=False)
REGISTRY.max_header_length = 8192
TOO_SHORT = {"weak"}
"""joserfc warns of keys under 2048 bits and takes them; here warnings are errors."""


def oracle_accepts(token: str, keys: list[dict[str, Any]], config: IssuerConfig, now: datetime) -> bool:
    """Whether joserfc, asked with care, would let this token in."""
    try:
        return _accepts(token, keys, config, now)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def _accepts(token: str, keys: list[dict[str, Any]], config: IssuerConfig, now: datetime) -> bool:
    if len(token.encode()) > 8192:
        return False
    key_set = KeySet([import_key(key) for key in keys if key["kid"] not in TOO_SHORT])
    decoded = jwt.decode(token, key_set, registry=REGISTRY, algorithms=sorted(config.algorithms))
    header, claims = decoded.header, decoded.claims
    jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(config.leeway.total_seconds()),
        iss={"essential": True, "value": config.issuer},
        aud={"essential": True, "value": config.audience},
        exp={"essential": True},
        iat={"essential": True},
    ).validate(claims)
    key = next(key for key in keys if key["kid"] == header["kid"])
    scope = claims.get("scope", "")
    return all(
        (
            "crit" not in header and "b64" not in header,
            header["typ"].lower() in ("at+jwt", "application/at+jwt"),
            key.get("use") != "enc" and key.get("alg", header["alg"]) == header["alg"],
            isinstance(claims["aud"], str) or len(claims["aud"]) == 1,
            0 < claims["exp"] - claims["iat"] <= config.max_lifetime.total_seconds(),
            claims["iat"] > 0 and claims.get("nbf", 1) > 0 and claims["exp"] <= 253402214400,
            all(isinstance(claims.get(name, 1), int) for name in ("exp", "iat", "nbf")),
            bool(claims.get("sub", claims.get("client_id"))),
            all(_is_name(claims[name]) for name in ("sub", "client_id", "acr", "gty") if name in claims),
            isinstance(scope, str) or all(isinstance(word, str) and " " not in word for word in scope),
            all(character.isprintable() for character in "".join(scope)),
            not {"cnf", "nonce", "at_hash", "c_hash"} & claims.keys(),
            all(_says_it_once(part) for part in token.split(".")[:2]),
        )
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) < 256 and all(letter.isprintable() for letter in value)


def _says_it_once(part: str) -> bool:
    seen: list[str] = []
    json.loads(
        urlsafe_b64decode(part.encode()), object_pairs_hook=lambda pairs: seen.extend(n for n, _ in pairs)
    )
    return len(seen) == len(set(seen))
