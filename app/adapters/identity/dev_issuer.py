"""An issuer for development and tests: it gives a token to whoever asks for one, so it must never meet the world."""

import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.adapters.identity.dev_keys import DevKey, DevKeys
from app.adapters.identity.fetching import is_loopback
from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.keys import Jwk
from app.domain.shared.assurance import Assurance

ALLOWED_ENVIRONMENTS = frozenset({"development", "test"})
"""A list of what is allowed, so that a misspelt `production` is refused as well."""
MAX_LIFETIME = timedelta(hours=12)
_MARGIN = timedelta(minutes=1)
"""Beyond a token's life: the verifier's leeway, and some."""


class DevIssuerRefused(RuntimeError):
    """The development issuer can't be had here: not in this environment, or not on this address."""


class Fault(StrEnum):
    """What can be wrong with a token on purpose, to see that it is refused."""

    EXPIRED = "expired"
    NO_EXPIRY = "no_expiry"
    ISSUED_IN_THE_FUTURE = "issued_in_the_future"
    NOT_YET_VALID = "not_yet_valid"
    TOO_LONG = "too_long"
    NO_AUDIENCE = "no_audience"
    OTHER_AUDIENCE = "other_audience"
    SEVERAL_AUDIENCES = "several_audiences"
    OTHER_ISSUER = "other_issuer"
    NO_SUBJECT = "no_subject"
    TYPED_AS_JWT = "typed_as_jwt"
    UNKNOWN_CRITICAL = "unknown_critical"
    UNKNOWN_KEY = "unknown_key"
    ALGORITHM_NONE = "algorithm_none"
    PUBLIC_KEY_AS_HMAC = "public_key_as_hmac"
    BROKEN_SIGNATURE = "broken_signature"


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """Keys that are published in this very process; a verifier asks for one at each request."""

    keys: DevKeys

    async def find(self, kid: str, now: datetime) -> Jwk | None:
        """The key with exactly this id, or None."""
        for key in self.keys.all():
            if key.stored.kid == kid and key.stored.is_published(now):
                return key.jwk
        return None


class DevIssuer:
    """Mints tokens that a verifier configured with `config()` and `keys()` accepts."""

    def __init__(
        self, data_dir: Path, issuer_url: str, audience: str, *, environment: str, bind_host: str
    ) -> None:
        """Raises `DevIssuerRefused` outside of development and tests, and on any address but loopback."""
        if environment not in ALLOWED_ENVIRONMENTS:
            raise DevIssuerRefused("the development issuer runs in development and in tests, nowhere else")
        if not is_loopback(bind_host):
            raise DevIssuerRefused("the development issuer listens to this machine alone")
        self._issuer = issuer_url
        self._audience = audience
        self._keys = DevKeys(data_dir)

    def config(self) -> IssuerConfig:
        """How a verifier has to be configured for this issuer."""
        return IssuerConfig(
            issuer=self._issuer,
            audience=self._audience,
            max_lifetime=MAX_LIFETIME,
            acr={level.name.lower(): level for level in Assurance},
        )

    def keys(self) -> "LocalKeys":
        """This issuer's keys for a verifier in the same process, without a fetch."""
        return LocalKeys(self._keys)

    def jwks(self, now: datetime) -> dict[str, object]:
        """The JWKS document (RFC 7517) as of now."""
        return {"keys": [dict(key.jwk) for key in self._keys.all() if key.stored.is_published(now)]}

    def discovery(self) -> dict[str, object]:
        """The metadata document (RFC 8414)."""
        return {
            "issuer": self._issuer,
            "jwks_uri": f"{self._issuer.rstrip('/')}/jwks",
            "token_endpoint": f"{self._issuer.rstrip('/')}/token",
            "response_types_supported": [],
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["none"],
        }

    def rotate(self, now: datetime) -> str:
        """Sign with a new key; returns its id. The old one stays published until its last token has expired."""
        return self._keys.rotate(now, MAX_LIFETIME + _MARGIN)

    def mint(
        self,
        subject: str,
        *,
        now: datetime,
        client_id: str = "dev-client",
        scopes: Collection[str] = (),
        lifetime: timedelta = timedelta(hours=1),
        acr: str | None = "high",
        faults: Collection[Fault] = (),
    ) -> str:
        """An access token (RFC 9068). With `subject` equal to `client_id` it is a system's. `now` is UTC."""
        if not timedelta(0) < lifetime <= MAX_LIFETIME:
            raise ValueError("a token lives for up to twelve hours")
        key = self._keys.all()[0]
        issued_at = int(now.timestamp())
        claims: dict[str, object] = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": subject,
            "client_id": client_id,
            "scope": " ".join(sorted(scopes)),
            "iat": issued_at,
            "exp": issued_at + int(lifetime.total_seconds()),
            "jti": secrets.token_urlsafe(12),
        }
        if acr is not None:
            claims["acr"] = acr
        header: dict[str, object] = {"alg": "RS256", "typ": "at+jwt", "kid": key.stored.kid}
        for fault in faults:
            _spoil(fault, header, claims, issued_at)
        return _sign(header, claims, key, frozenset(faults))


def _spoil(fault: Fault, header: dict[str, object], claims: dict[str, object], issued_at: int) -> None:
    """Change what the token says; faults of the signature itself are made in `_sign`."""
    match fault:
        case Fault.EXPIRED:
            claims |= {"iat": issued_at - 7200, "nbf": issued_at - 7200, "exp": issued_at - 3600}
        case Fault.NO_EXPIRY:
            claims.pop("exp", None)
        case Fault.ISSUED_IN_THE_FUTURE:
            claims |= {"iat": issued_at + 600, "exp": issued_at + 1200}
        case Fault.NOT_YET_VALID:
            claims["nbf"] = issued_at + 600
        case Fault.TOO_LONG:
            claims["exp"] = issued_at + 2 * int(MAX_LIFETIME.total_seconds())
        case Fault.NO_AUDIENCE:
            claims.pop("aud", None)
        case Fault.OTHER_AUDIENCE:
            claims["aud"] = "https://somebody-else.example"
        case Fault.SEVERAL_AUDIENCES:
            claims["aud"] = [claims.get("aud"), "https://somebody-else.example"]
        case Fault.OTHER_ISSUER:
            claims["iss"] = "https://somebody-else.example"
        case Fault.NO_SUBJECT:
            claims.pop("sub", None)
            claims.pop("client_id", None)
        case Fault.TYPED_AS_JWT:
            header["typ"] = "JWT"
        case Fault.UNKNOWN_CRITICAL:
            header |= {"crit": ["x-verksted"], "x-verksted": True}
        case Fault.UNKNOWN_KEY:
            header["kid"] = "dev-unknown"
        case Fault.ALGORITHM_NONE:
            header["alg"] = "none"
        case Fault.PUBLIC_KEY_AS_HMAC:
            header["alg"] = "HS256"
        case Fault.BROKEN_SIGNATURE:
            pass


def _sign(header: dict[str, object], claims: dict[str, object], key: DevKey, faults: frozenset[Fault]) -> str:
    signed = ".".join(_base64url(json.dumps(part).encode("utf-8")) for part in (header, claims))
    message = signed.encode("ascii")
    if Fault.ALGORITHM_NONE in faults:
        signature = b""
    elif Fault.PUBLIC_KEY_AS_HMAC in faults:  # the attack of CVE-2026-85394
        public = key.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        signature = hmac.digest(public, message, sha256)
    else:
        signature = key.private.sign(message, PKCS1v15(), SHA256())
        if Fault.BROKEN_SIGNATURE in faults:
            signature = signature[:-1] + bytes([signature[-1] ^ 1])
    return f"{signed}.{_base64url(signature)}"


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
