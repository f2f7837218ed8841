"""Tokens of every kind, honest and forged, made without the library that is under test."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.keys import Jwk, by_kid

ISSUER, AUDIENCE = "https://id.example.no", "https://api.example.no"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
CONFIG = IssuerConfig(issuer=ISSUER, audience=AUDIENCE, algorithms=frozenset({"RS256", "PS256", "ES256"}))

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
ABSENT = object()
"""In place of a value: leave the name out."""


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """Keys as a JWKS document that needs no fetch."""

    published: Callable[[datetime], Mapping[str, object]]

    async def find(self, kid: str, now: datetime) -> Jwk | None:
        """The key with exactly this id, or None."""
        return by_kid(self.published(now)).get(kid)


@cache
def private(name: str) -> Private:
    """One key for each name. `weak` has 1024 bits, `p256` and `p384` are curves, all others RSA of 2048 bits."""
    if name == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    if name == "p384":
        return ec.generate_private_key(ec.SECP384R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=1024 if name == "weak" else 2048)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def jwk(name: str, **members: object) -> dict[str, object]:
    """The public half of the key with this name, its id the same as its name."""
    numbers = private(name).public_key().public_numbers()
    if isinstance(numbers, rsa.RSAPublicNumbers):
        shown = {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    else:
        size = (numbers.curve.key_size + 7) // 8
        crv = {256: "P-256", 384: "P-384"}[numbers.curve.key_size]
        shown = {
            "kty": "EC",
            "crv": crv,
            "x": b64(numbers.x.to_bytes(size)),
            "y": b64(numbers.y.to_bytes(size)),
        }
    return _without_absent({"kid": name, **shown, **members})


def _number(number: int) -> str:
    return b64(number.to_bytes((number.bit_length() + 7) // 8))


def _without_absent(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not ABSENT}


def header(**changes: object) -> dict[str, object]:
    return _without_absent({"alg": "RS256", "typ": "at+jwt", "kid": "ours", **changes})


def claims(**changes: object) -> dict[str, object]:
    return _without_absent(
        {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "per-1",
            "client_id": "web",
            "scope": "groups.read groups.write",
            "acr": "idporten-loa-high",
            "iat": SECONDS - 60,
            "exp": SECONDS + 600,
            **changes,
        }
    )


def compact(head: Mapping[str, object] | bytes, body: Mapping[str, object] | bytes, key: str = "ours") -> str:
    """A token of exactly these parts, signed as its `alg` says, or else with RS256."""
    algorithm = head.get("alg") if isinstance(head, Mapping) else "RS256"
    parts = [b64(part if isinstance(part, bytes) else json.dumps(part).encode()) for part in (head, body)]
    message = ".".join(parts).encode()
    return ".".join([*parts, b64(_sign(algorithm, message, key))])


def token(key: str = "ours", head: Mapping[str, object] | None = None, **changes: object) -> str:
    """A good token, but for what is changed in its header and its claims."""
    return compact(header(**(head or {})), claims(**changes), key)


def _sign(algorithm: object, message: bytes, key: str) -> bytes:
    if algorithm == "none":
        return b""
    secret = private(key)
    if algorithm in ("HS256", "HS384", "HS512"):
        return hmac.digest(der(key), message, sha256)
    if isinstance(secret, rsa.RSAPrivateKey):
        pss = padding.PSS(padding.MGF1(SHA256()), 32)
        return secret.sign(message, pss if algorithm == "PS256" else padding.PKCS1v15(), SHA256())
    r, s = decode_dss_signature(secret.sign(message, ec.ECDSA(SHA256())))
    size = (secret.curve.key_size + 7) // 8
    return r.to_bytes(size) + s.to_bytes(size)


def der(key: str) -> bytes:
    return private(key).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class Issuer:
    """A key source whose keys a test may change; it counts how often it is asked."""

    published: list[dict[str, object]] = field(
        default_factory=lambda: [jwk("ours"), jwk("other"), jwk("p256")]
    )
    asked: int = 0

    def document(self, _now: datetime) -> dict[str, object]:
        self.asked += 1
        return {"keys": self.published}


def verifier(*keys: dict[str, object], config: IssuerConfig = CONFIG) -> JoseTokenVerifier:
    """A verifier that trusts one issuer; with the usual keys where none are given."""
    issuer = Issuer(list(keys)) if keys else Issuer()
    return JoseTokenVerifier([(config, LocalKeys(issuer.document))])
