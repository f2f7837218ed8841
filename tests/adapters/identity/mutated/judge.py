"""The second opinion on tokens of every kind: joserfc, and the rules of each profile written once more, differently."""

import json
import re
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import JWSRegistry

from tests.adapters.identity.mutated.mutations import HOLDER, URL
from tests.support.fake_issuer import AUDIENCE, KINDS, FakeIssuer, Key, b64

_ALL = ["RS256", "RS384", "RS512", "PS256", "ES256"]
_ALGORITHMS = {"maskinporten": ["RS256", "RS384", "RS512"], "helseid": ["RS256", "PS256", "ES256"]}
_ORGANISATION = re.compile(r"0192:([0-9]{9})", re.ASCII)
_NATIONAL_ID = re.compile(r"[0-9]{11}|[0-9]{10}|[0-9]{6}-[0-9]{4}|[0-9]{6} [0-9]{5}")
_MAYBE_BROKEN = (
    JoseError,
    Warning,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
    OverflowError,
)


def _registry(algorithms: list[str]) -> JWSRegistry:
    registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
    # Rule 5: what is never so much as looked at may be anything; of `kid` we have an opinion of our own.
    for ignored in ("jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "cty", "zip", "kid"):
        registry.header_registry.pop(ignored, None)
    registry.max_header_length = registry.max_payload_length = registry.max_signature_length = 8192
    return registry


_ANY, _PROOFS = _registry(_ALL), _registry(["ES256", "PS256", "RS256"])
_TOKENS = {kind: _registry(_ALGORITHMS.get(kind, ["RS256"])) for kind in KINDS}


@cache
def _key_set(*keys: Key) -> KeySet:
    return KeySet([import_key({"kid": key.kid, "use": "sig", **key.public}) for key in keys])


def may_come_in(issuers: dict[str, FakeIssuer], token: str, shown: str | None, now: datetime) -> bool:
    """Whether joserfc, asked with care, would let this token in with what is shown beside it."""
    try:
        claimed = json.loads(jws.extract_compact(token.encode(), registry=_ANY).payload)["iss"]
        issuer = next(each for each in issuers.values() if each.issuer == claimed)
        return _is_good(issuer, token, now) and _is_shown(issuer, token, shown, now)
    except (*_MAYBE_BROKEN, StopIteration):
        return False


def _is_good(issuer: FakeIssuer, token: str, now: datetime) -> bool:
    if len(token.encode()) > 8192:
        return False
    decoded = jwt.decode(token, _key_set(*issuer.keys), registry=_TOKENS[issuer.kind])
    header, claims = decoded.header, decoded.claims
    jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=30,
        iss={"essential": True, "value": issuer.issuer},
        aud={"essential": True, "value": AUDIENCE},
        exp={"essential": True},
        iat={"essential": True},
    ).validate({name: claims[name] for name in ("iss", "aud", "exp", "iat", "nbf") if name in claims})
    if now.timestamp() >= claims["exp"] + 30 or header["kid"] not in {key.kid for key in issuer.keys}:
        return False
    typ = header.get("typ", "jwt" if issuer.kind == "maskinporten" else "")
    typ = typ.lower().removeprefix("application/")
    scope = claims.get("scope", "")
    return all(
        (
            typ == "at+jwt" or (issuer.kind == "maskinporten" and typ == "jwt"),
            "crit" not in header and "b64" not in header,
            claims["aud"] in (AUDIENCE, [AUDIENCE]),
            0 < claims["exp"] - claims["iat"] <= 3600,
            claims["iat"] > 0 and claims.get("nbf", 1) > 0 and claims["exp"] <= 253402214400,
            all(type(claims.get(name, 1)) is int for name in ("exp", "iat", "nbf")),
            isinstance(scope, str) or all(isinstance(word, str) and " " not in word for word in scope),
            isinstance(scope, (str, list)) and all(letter.isprintable() for letter in "".join(scope)),
            not {"nonce", "at_hash", "c_hash"} & claims.keys(),
            "acr" not in claims or _is_name(claims["acr"]),
            all(_says_it_once(part) for part in token.split(".")[:2]),
            _fits_profile(issuer.kind, claims),
        )
    )


def _fits_profile(kind: str, claims: dict[str, Any]) -> bool:
    if kind == "maskinporten":
        parties = ["consumer", *(["supplier"] if "supplier" in claims else [])]
        delegated = claims.get("delegation_source") == "https://www.altinn.no"
        return all(
            (
                _is_name(claims["client_id"]),
                not {"pid", "authorization_details", "cnf"} & claims.keys(),
                all(_is_organisation(claims[name]) for name in parties),
                delegated if "supplier" in claims else "delegation_source" not in claims,
            )
        )
    names = [name for name in ("sub", "client_id", "gty") if name in claims]
    if not all(_is_name(claims[name]) for name in names) or not {"sub", "client_id"} & set(names):
        return False
    grants = ("client-credentials", "client_credentials")
    is_system = "sub" not in claims or claims["sub"] == claims.get("client_id") or claims.get("gty") in grants
    if kind != "oidc" and not is_system and _NATIONAL_ID.fullmatch(claims["sub"]):
        return False
    if kind != "helseid":
        return "cnf" not in claims
    parent, supplier = (f"helseid://claims/client/claims/orgnr_{name}" for name in ("parent", "supplier"))
    if not is_system:
        return True
    numbers = [f"0192:{claims[name]}" for name in (parent, supplier) if name in claims]
    return all(map(_is_number, numbers)) and (parent in claims or supplier not in claims)


def _is_shown(issuer: FakeIssuer, token: str, shown: str | None, now: datetime) -> bool:
    if issuer.kind != "helseid":
        return shown is None
    claims = json.loads(jws.extract_compact(token.encode(), registry=_ANY).payload)
    header = jws.extract_compact((shown or "").encode(), registry=_ANY).headers()
    key = import_key(header["jwk"])
    said = jwt.decode(shown or "", key, registry=_PROOFS).claims
    address = said["htu"].split("#")[0].split("?")[0]
    at = said["iat"]
    return all(
        (
            len(shown or "") <= 8192,
            claims["cnf"] == {"jkt": HOLDER.thumbprint} and key.thumbprint() == HOLDER.thumbprint,
            header["typ"] == "dpop+jwt",
            not {"crit", "b64"} & header.keys(),
            not {"d", "p", "q", "k"} & header["jwk"].keys(),
            header["jwk"].get("use", "sig") == "sig",
            said["htm"] == "GET",
            address == URL,
            said["ath"] == b64(sha256(token.encode()).digest()),
            type(at) is int and now.timestamp() - 15 <= at <= now.timestamp() + 5,
            _is_name(said["jti"]),
            all(_says_it_once(part) for part in (shown or "").split(".")[:2]),
        )
    )


def _is_organisation(value: Any) -> bool:
    return value["authority"] == "iso6523-actorid-upis" and _is_number(value["ID"])


def _is_number(value: str) -> bool:
    """The check digit by the sum that is usually told: weights 3 2 7 6 5 4 3 2, eleven less the rest."""
    found = _ORGANISATION.fullmatch(value)
    if found is None:
        return False
    *digits, last = map(int, found[1])
    rest = sum(a * b for a, b in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return last == (0 if rest == 0 else 11 - rest)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) < 256 and all(letter.isprintable() for letter in value)


def _says_it_once(part: str) -> bool:
    from tests.adapters.identity.mutated.mutations import unb64

    doubled: list[bool] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        doubled.append(len({name for name, _ in pairs}) != len(pairs))
        return dict(pairs)

    json.loads(unb64(part), object_pairs_hook=look)
    return not any(doubled)
