"""An issuer that speaks as Maskinporten, ID-porten, HelseID, a MitID broker or any other does, and can misbehave.

It is a plain ASGI application: metadata and keys over HTTP (in process, or served on loopback), tokens and proofs from
its methods. Keys are real, signatures are made without the library that is under test.
"""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from itertools import count
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from starlette.types import Receive, Scope, Send

ABSENT: Any = object()
"""In place of a value: leave the name out."""
AUDIENCE = "https://api.example.no"
CONSUMER, SUPPLIER = "991825827", "974760673"
"""Two Norwegian organisation numbers with right check digits."""
_HASHES: Mapping[str, Any] = {"256": SHA256, "384": SHA384, "512": SHA512}
_NUMBERS = count()


class Trouble(StrEnum):
    """What can be wrong with an issuer, for as long as it stands in `troubles`."""

    DOWN = "down"
    SLOW = "slow"
    HUGE = "huge"
    REDIRECT = "redirect"
    WRONG_ISSUER = "wrong_issuer"
    KEYS_ELSEWHERE = "keys_elsewhere"
    """The metadata point to keys over plain http, somewhere else."""
    BROKEN = "broken"


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _number(value: int) -> str:
    return b64(value.to_bytes((value.bit_length() + 7) // 8))


def organisation(number: str, icd: str = "0192", authority: str = "iso6523-actorid-upis") -> dict[str, str]:
    """An organisation as Maskinporten writes it."""
    return {"authority": authority, "ID": f"{icd}:{number}"}


@dataclass(eq=False)
class Key:
    """A private key and what is published of it."""

    kid: str
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    @property
    def public(self) -> dict[str, Any]:
        """The members that make the key (RFC 7518)."""
        numbers = self.private.public_key().public_numbers()
        if isinstance(numbers, rsa.RSAPublicNumbers):
            return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
        return {
            "kty": "EC",
            "crv": "P-256",
            "x": b64(numbers.x.to_bytes(32)),
            "y": b64(numbers.y.to_bytes(32)),
        }

    @property
    def thumbprint(self) -> str:
        """The key's name by its content (RFC 7638)."""
        return b64(sha256(json.dumps(self.public, sort_keys=True, separators=(",", ":")).encode()).digest())

    def sign(self, algorithm: str, message: bytes) -> bytes:
        """A signature as this algorithm makes it."""
        hashed = _HASHES[algorithm[2:]]()
        if isinstance(self.private, rsa.RSAPrivateKey):
            pss = padding.PSS(padding.MGF1(hashed), hashed.digest_size)
            return self.private.sign(message, pss if algorithm[0] == "P" else padding.PKCS1v15(), hashed)
        r, s = decode_dss_signature(self.private.sign(message, ec.ECDSA(hashed)))
        return r.to_bytes(32) + s.to_bytes(32)

    def jws(self, header: Mapping[str, Any], claims: Mapping[str, Any], algorithm: str | None = None) -> str:
        """Header and claims, signed; what is `ABSENT` is left out."""
        parts = [
            b64(json.dumps({name: value for name, value in part.items() if value is not ABSENT}).encode())
            for part in (header, claims)
        ]
        signature = self.sign(algorithm or header["alg"], ".".join(parts).encode())
        return ".".join([*parts, b64(signature)])


@cache
def rsa_key(name: str) -> Key:
    """One RSA key for each name."""
    return Key(name, rsa.generate_private_key(public_exponent=65537, key_size=2048))


@cache
def ec_key(name: str) -> Key:
    """One key on P-256 for each name."""
    return Key(name, ec.generate_private_key(ec.SECP256R1()))


KINDS: Mapping[str, Mapping[str, Any]] = {
    "oidc": {"typ": "at+jwt", "claims": {"sub": "per-1", "client_id": "web", "scope": "a b", "acr": "two"}},
    "maskinporten": {
        "typ": ABSENT,
        "claims": {
            "client_id": "7f1a-client",
            "client_amr": "private_key_jwt",
            "token_type": "Bearer",
            "scope": "verksted:recommendations.write",
            "consumer": organisation(CONSUMER),
        },
    },
    "id-porten": {
        "typ": "at+jwt",
        "claims": {
            "sub": "x9PVGM8xdX0B5Q4lnGRgLvoVWKi6yHp7-5vO7aDb2T0",
            "client_id": "web",
            "scope": "openid verksted",
            "acr": "idporten-loa-substantial",
            "amr": ["BankID"],
            "consumer": organisation(CONSUMER),
            "client_amr": "private_key_jwt",
            "token_type": "Bearer",
        },
    },
    "helseid": {
        "typ": "at+jwt",
        "claims": {
            "sub": "6f2XH/uGqJyTqXw5xnUvY0cB8mJ5nB5hKXo0rDq7h6M=",
            "client_id": "9c0e2f3b-client",
            "client_amr": "private_key_jwt",
            "scope": ["openid", "nhn:verksted/api"],
            "helseid://claims/identity/security_level": "4",
            "helseid://claims/identity/assurance_level": "high",
        },
    },
    "mitid-broker": {
        "typ": "at+jwt",
        "claims": {
            "sub": "79379634-251c-4f3e-a47d-526235822b91",
            "client_id": "web",
            "scope": "openid",
            "mitid_uuid": "79379634-251c-4f3e-a47d-526235822b91",
            "loa": "SUBSTANTIAL",
            "ial": "SUBSTANTIAL",
            "aal": "HIGH",
        },
    },
}


@dataclass
class FakeIssuer:
    """One issuer; `kind` is the profile that it speaks."""

    kind: str = "oidc"
    issuer: str = "https://id.example.no"
    keys: list[Key] = field(default_factory=lambda: [rsa_key("first")])
    troubles: set[Trouble] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    """How often each of its addresses was asked."""
    patience: float = 5.0
    """How long a slow answer takes, in seconds."""

    def client(self) -> httpx.AsyncClient:
        """A client that reaches this issuer without a socket."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self), follow_redirects=False)

    def rotate(self, name: str, *, keep_old: bool = True) -> None:
        """Sign with another key from now on."""
        self.keys = [rsa_key(name), *(self.keys if keep_old else [])]

    def token(
        self,
        now: datetime,
        *,
        key: Key | None = None,
        head: Mapping[str, Any] | None = None,
        bound_to: Key | None = None,
        **changes: Any,
    ) -> str:
        """A good token of this kind, but for what is changed. `bound_to`: the key that its holder has to have."""
        signing = key or self.keys[0]
        kind, seconds = KINDS[self.kind], int(now.timestamp())
        header = {"alg": "RS256", "typ": kind["typ"], "kid": signing.kid, **(head or {})}
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "iat": seconds - 10,
            "exp": seconds + 600,
            "jti": f"t{next(_NUMBERS)}",
            **kind["claims"],
            **({"cnf": {"jkt": bound_to.thumbprint}} if bound_to is not None else {}),
            **changes,
        }
        return signing.jws(header, claims)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        path = scope["path"]
        self.asked[path] += 1
        status, headers, body = await self._answer(path)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, path: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        json_type = [(b"content-type", b"application/json")]
        if Trouble.DOWN in self.troubles:
            return 503, json_type, b"{}"
        if Trouble.SLOW in self.troubles:
            await asyncio.sleep(self.patience)
        if Trouble.REDIRECT in self.troubles:
            return 302, [(b"location", b"https://thief.example/keys")], b""
        if Trouble.BROKEN in self.troubles:
            return 200, json_type, b'{"issuer": '
        if "/.well-known/" in path:
            document: dict[str, Any] = self._metadata()
        elif path.endswith("/jwks"):
            published = [{"kid": key.kid, "use": "sig", **key.public} for key in self.keys]
            document = {"keys": published}
        else:
            return 404, json_type, b"{}"
        if Trouble.HUGE in self.troubles:
            document["padding"] = "x" * 70_000
        return 200, json_type, json.dumps(document).encode()

    def _metadata(self) -> dict[str, Any]:
        name = "https://thief.example" if Trouble.WRONG_ISSUER in self.troubles else self.issuer
        keys = f"{self.issuer.rstrip('/')}/jwks"
        if Trouble.KEYS_ELSEWHERE in self.troubles:
            keys = "http://thief.example/jwks"
        return {"issuer": name, "jwks_uri": keys}


def proof(
    key: Key,
    token: str,
    method: str,
    url: str,
    now: datetime,
    *,
    head: Mapping[str, Any] | None = None,
    signed_by: Key | None = None,
    **changes: Any,
) -> str:
    """A proof of possession (RFC 9449), good but for what is changed."""
    algorithm = "ES256" if isinstance(key.private, ec.EllipticCurvePrivateKey) else "RS256"
    header = {"typ": "dpop+jwt", "alg": algorithm, "jwk": key.public, **(head or {})}
    claims = {
        "jti": f"p{next(_NUMBERS)}",
        "htm": method,
        "htu": url,
        "iat": int(now.timestamp()),
        "ath": b64(sha256(token.encode()).digest()),
        **changes,
    }
    return (signed_by or key).jws(header, claims, algorithm)
