"""Tokens that are wrong, each in one way and by name. The first section is what libraries have fallen for."""

import hmac
import json
from hashlib import sha256

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.adapters.identity.forge import (
    ABSENT,
    AUDIENCE,
    SECONDS,
    b64,
    claims,
    compact,
    der,
    header,
    jwk,
    private,
    token,
)

PUBLISHED = [
    jwk("ours", use="sig", alg="RS256"),
    jwk("other"),
    jwk("p256"),
    jwk("p384"),
    jwk("weak"),
    jwk("lock", use="enc"),
]
"""What the issuer of this corpus publishes: keys that may sign, and some that may not."""


def wrong_tokens() -> dict[str, str]:
    """All of them, by name."""
    return _known_attacks() | _respelt() | _bad_header() | _bad_times() | _bad_claims() | _bad_json()


def _hmac(secret: bytes, kid: str = "ours") -> str:
    signed = ".".join(b64(json.dumps(part).encode()) for part in (header(alg="HS256", kid=kid), claims()))
    return f"{signed}.{b64(hmac.digest(secret, signed.encode(), sha256))}"


def _known_attacks() -> dict[str, str]:
    pem = private("ours").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    stolen = token("thief")
    return {
        "DER public key as HMAC secret": _hmac(der("ours")),
        "PEM public key as HMAC secret": _hmac(pem),
        "modulus as HMAC secret": _hmac(str(jwk("ours")["n"]).encode()),
        "empty HMAC secret": _hmac(b""),
        "alg none": token(head={"alg": "none"}),
        "alg NONE": token(head={"alg": "NONE"}),
        "alg none with a signature": token()
        .rsplit(".", 1)[0]
        .replace(b64(json.dumps(header()).encode()), b64(json.dumps(header(alg="none")).encode()))
        + "."
        + token().rsplit(".", 1)[1],
        "no signature": token().rsplit(".", 1)[0] + ".",
        "zero ECDSA signature": ".".join(
            [*token("p256", {"alg": "ES256", "kid": "p256"}).split(".")[:2], b64(b"\0" * 64)]
        ),
        "other key under our kid": token("other"),
        "our key under another kid": token("ours", {"kid": "other"}),
        "unknown kid": token(head={"kid": "thief"}),
        "no kid": token(head={"kid": ABSENT}),
        "kid of two worlds": token(head={"kid": "../../dev/null"}),
        "stranger's key": stolen,
        "embedded jwk": token("thief", {"jwk": jwk("thief")}),
        "embedded jwk, its own kid": token("thief", {"jwk": jwk("thief"), "kid": "thief"}),
        "jku elsewhere": token("thief", {"jku": "https://thief.example/jwks.json", "kid": "thief"}),
        "x5u elsewhere": token("thief", {"x5u": "https://thief.example/c.pem", "kid": "thief"}),
        "x5c inside": token("thief", {"x5c": [b64(der("thief"))]}),
        "key for encryption": token("lock", {"kid": "lock"}),
        "RSA of 1024 bits": token("weak", {"kid": "weak"}),
        "ES256 with an RSA key": token("p256", {"alg": "ES256"}),
        "RS256 with a curve": token("ours", {"kid": "p256"}),
        "PS256 with a key for RS256": token(head={"alg": "PS256"}),
        "ES256 on P-384": token("p384", {"alg": "ES256", "kid": "p384"}),
        "JWE of five parts": ".".join(
            [b64(b'{"alg":"RSA-OAEP","enc":"A256GCM","zip":"DEF"}'), *(b64(bytes(99)) for _ in range(4))]
        ),
        "nine kilobytes": token(filler="x" * 6500),
    }


def _respelt() -> dict[str, str]:
    good = token()
    head, body, signature = good.split(".")
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return {
        "last bit of the signature": f"{good[:-1]}{last[last.index(good[-1]) ^ 1]}",
        "padding": good + "==",
        "line break": good + "\n",
        "space before": " " + good,
        "blank inside": f"{head}.{body[:9]} {body[9:]}.{signature}",
        "with the scheme": "Bearer " + good,
        "plain base64 alphabet": good.replace("-", "+").replace("_", "/"),
        "empty payload": f"{head}..{signature}",
        "empty header": f".{body}.{signature}",
        "parts exchanged": f"{body}.{head}.{signature}",
        "other subject, same signature": f"{head}.{token(sub='per-2').split('.')[1]}.{signature}",
        "two tokens": good + "," + good,
        "four parts": good + ".AAAA",
        "not ASCII": good + "\u00e9",
    }


def _bad_header() -> dict[str, str]:
    return {
        "unknown crit": token(head={"crit": ["x"], "x": 1}),
        "crit of b64": token(head={"crit": ["b64"], "b64": True}),
        "crit empty": token(head={"crit": []}),
        "b64 without crit": token(head={"b64": False}),
        "typ JWT": token(head={"typ": "JWT"}),
        "typ of a DPoP proof": token(head={"typ": "dpop+jwt"}),
        "no typ": token(head={"typ": ABSENT}),
        "typ is a list": token(head={"typ": ["at+jwt"]}),
        "alg is a list": token(head={"alg": ["RS256"]}),
        "alg RS512": token(head={"alg": "RS512"}),
        "no alg": token(head={"alg": ABSENT}),
        "kid is a number": token(head={"kid": 1}),
    }


def _bad_times() -> dict[str, str]:
    return {
        "no exp": token(exp=ABSENT),
        "exp true": token(exp=True),
        "exp as text": token(exp=str(SECONDS + 600)),
        "exp huge": token(exp=10**300),
        "exp beyond every calendar": token(exp=10**12),
        "exp negative": token(exp=-1),
        "exp infinite by overflow": compact(
            header(), json.dumps(claims(exp="@")).replace('"@"', "1e999").encode()
        ),
        "exp passed": token(exp=SECONDS - 31),
        "no iat": token(iat=ABSENT),
        "iat in the future": token(iat=SECONDS + 300),
        "iat negative": token(iat=-1),
        "nbf in the future": token(nbf=SECONDS + 300),
        "nbf null": token(nbf=None),
        "lives too long": token(exp=SECONDS + 86400),
        "ends before it begins": token(iat=SECONDS + 20, exp=SECONDS + 10),
    }


def _bad_claims() -> dict[str, str]:
    return {
        "no aud": token(aud=ABSENT),
        "aud unspecified": token(aud="unspecified"),
        "aud of several": token(aud=[AUDIENCE, "https://other.example.no"]),
        "aud longer than ours": token(aud=AUDIENCE + ".thief.example"),
        "aud is an object": token(aud={AUDIENCE: True}),
        "aud empty": token(aud=[]),
        "no iss": token(iss=ABSENT),
        "iss of the test environment": token(iss="https://test.id.example.no"),
        "iss as a list": token(iss=["https://id.example.no"]),
        "iss with a slash": token(iss="https://id.example.no/"),
        "nobody": token(sub=ABSENT, client_id=ABSENT),
        "sub is a number": token(sub=7),
        "sub null": token(sub=None),
        "sub is an object": token(sub={"id": "per-1"}),
        "sub with NUL": token(sub="per\u0000"),
        "sub with half a character": token(sub="\ud83d"),
        "client is a list": token(client_id=["web"]),
        "scope is a number": token(scope=1),
        "scope of numbers": token(scope=[1, 2]),
        "acr is a list": token(acr=["high"]),
        "ID token": token(head={"typ": "JWT"}, aud="web", nonce="n", at_hash="h"),
        "ID token in an access token's clothes": token(nonce="n", at_hash="h"),
        "bound to a key": token(cnf={"jkt": "x"}),
    }


def _bad_json() -> dict[str, str]:
    body = json.dumps(claims())
    head = json.dumps(header())
    return {
        "NaN": compact(header(), body.replace(str(SECONDS + 600), "NaN").encode()),
        "NaN aside": compact(header(), (body[:-1] + ', "x": NaN}').encode()),
        "Infinity": compact(header(), body.replace(str(SECONDS + 600), "Infinity").encode()),
        "sub twice": compact(header(), (body[:-1] + ', "sub": "per-2"}').encode()),
        "aud twice": compact(header(), ('{"aud": "x", ' + body[1:]).encode()),
        "kid twice": compact((head[:-1] + ', "kid": "ours"}').encode(), claims()),
        "alg twice": compact(('{"alg": "none", ' + head[1:]).encode(), claims()),
        "payload is a list": compact(header(), f"[{body}]".encode()),
        "payload is a text": compact(header(), json.dumps(body).encode()),
        "header is a list": compact(f"[{head}]".encode(), claims()),
        "not JSON": compact(header(), b"{'sub': 1}"),
        "not UTF-8": compact(header(), body.encode("utf-16")),
        "byte order mark": compact(header(), b"\xef\xbb\xbf" + body.encode()),
        "something after it": compact(header(), (body + "{}").encode()),
        "nested without end": compact(header(), ("[" * 2500 + "]" * 2500).encode()),
        "number of 5000 digits": compact(header(), (body[:-1] + f', "x": {"9" * 5000}}}').encode()),
    }
