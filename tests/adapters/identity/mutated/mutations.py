"""Tokens of every kind of issuer, each spoilt in one way or in several, from one seed."""

import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from random import Random
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.fake_issuer import (
    ABSENT,
    AUDIENCE,
    CONSUMER,
    SUPPLIER,
    FakeIssuer,
    Key,
    b64,
    ec_key,
    organisation,
    proof,
    rsa_key,
)

URL = "https://api.example.no/v1/me"
HOLDER, THIEF = ec_key("holder"), ec_key("thief")
RIGHT = object()
"""In a pool: leave it as it is in a good token."""


class How(StrEnum):
    """How a token was spoilt."""

    CLAIMS = "claims"
    HEADER = "header"
    SIGNATURE = "signature"
    SPLICED = "spliced"
    RESPELT = "respelt"
    BYTES = "bytes"
    PROOF = "proof"


@dataclass(frozen=True)
class Spoilt:
    """A token, what is shown beside it, and how the two were made."""

    kind: str
    how: How
    token: str
    shown: str | None = None


ODD: Sequence[Any] = (
    ABSENT, None, True, False, 0, 1, -1, 1.5, 10**30, "", " ", "x", "\u0000", "\ud800", "true", [], [[]], {}, ["x"],
    [None], {"x": 1}, "x" * 256, "x" * 255, "ø", "\u200b", "1", "null", "*", "../", "' or 1=1 --",
)  # fmt: skip
HEADERS: Mapping[str, Sequence[Any]] = {
    "alg": ("RS256", "RS384", "RS512", "PS256", "PS384", "ES256", "HS256", "none", "None", "rs256", *ODD),
    "typ": ("at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt", "dpop+jwt", "id_token+jwt", *ODD),
    "kid": ("first", "second", "First", "nobody", "first ", *ODD),
    "crit": ([], ["exp"], ["x"], *ODD),
    "b64": (True, False, *ODD),
    "jku": ("https://thief.example/jwks",),
    "x5u": ("https://thief.example/cert",),
    "jwk": (rsa_key("thief").public, {"kty": "oct", "k": "AAAA"}, *ODD),
    "x5c": (["AAAA"], *ODD),
    "zip": ("DEF",),
    "enc": ("A256GCM",),
    "cty": ("JWT",),
}


def claims_pool(issuer: FakeIssuer, now: int) -> Mapping[str, Sequence[Any]]:
    """What may stand in each claim: right, nearly right, and odd."""
    times = (
        now,
        now - 1,
        now - 29,
        now - 30,
        now - 31,
        now + 29,
        now + 31,
        now + 3600,
        now + 3601,
        now * 1000,
    )
    pid = ("01010012345", "0101001234", *ODD)
    organisations = (
        organisation(CONSUMER),
        organisation(SUPPLIER),
        organisation("991825828"),
        organisation(CONSUMER, icd="9908"),
        organisation(CONSUMER, authority="iso6523"),
        {"ID": f"0192:{CONSUMER}"},
        f"0192:{CONSUMER}",
        CONSUMER,
        *ODD,
    )
    return {
        "iss": (issuer.issuer, issuer.issuer + "/", issuer.issuer.upper(), "https://thief.example", *ODD),
        "aud": (
            AUDIENCE,
            [AUDIENCE],
            [AUDIENCE, AUDIENCE],
            [AUDIENCE, "x"],
            AUDIENCE + "/",
            "unspecified",
            *ODD,
        ),
        "exp": (*times, str(now + 60), float(now + 60), *ODD),
        "iat": (*times, str(now), float(now), *ODD),
        "nbf": (*times, str(now), float(now), *ODD),
        "sub": ("per-1", "web", "01010012345", "010100-1234", *ODD),
        "client_id": ("web", "per-1", *ODD),
        "gty": ("client-credentials", "client_credentials", "authorization_code", *ODD),
        "scope": ("a b", "a  b", " a", "a\tb", "a\nb", ["a", "b"], ["a b"], ["a", 1], *ODD),
        "acr": ("idporten-loa-high", "two", "Level4", *ODD),
        "nonce": ("n", None, ABSENT),
        "at_hash": ("x", ABSENT),
        "c_hash": ("x", ABSENT),
        "cnf": ({"jkt": HOLDER.thumbprint}, {"jkt": THIEF.thumbprint}, {"x5t#S256": "x"}, {"jkt": 1}, *ODD),
        "consumer": organisations,
        "supplier": organisations,
        "delegation_source": (
            "https://www.altinn.no",
            "https://www.altinn.no/",
            "https://thief.example",
            *ODD,
        ),
        "authorization_details": ([{"type": "urn:altinn:systemuser"}], ABSENT),
        "pid": pid,
        "cpr": pid,
        "jti": ODD,
        "loa": ("HIGH", "high", "VERY", *ODD),
        "helseid://claims/identity/security_level": ("4", 4, "5", *ODD),
        "helseid://claims/client/claims/orgnr_parent": (CONSUMER, "1", *ODD),
        "helseid://claims/client/claims/orgnr_supplier": (SUPPLIER, "1", *ODD),
        "mitid_name_and_address_protection": ODD,
    }


class Spoiler:
    """Makes spoilt tokens of some issuers, the same ones for the same seed but for times and signatures."""

    def __init__(self, issuers: Mapping[str, FakeIssuer], seed: int) -> None:
        self._issuers = issuers
        self._chance = Random(seed)

    def next(self, now: datetime) -> Spoilt:
        """One more."""
        chance = self._chance
        kind = chance.choice(list(self._issuers))
        issuer = self._issuers[kind]
        ways: dict[How, Callable[[FakeIssuer, datetime], str]] = {
            How.CLAIMS: self._claims,
            How.HEADER: self._header,
            How.SIGNATURE: self._signature,
            How.SPLICED: self._spliced,
            How.RESPELT: self._respelt,
            How.BYTES: self._bytes,
        }
        is_bound = kind == "helseid"
        how = chance.choices([*ways, How.PROOF], [8, 4, 3, 2, 3, 4, 12 if is_bound else 1])[0]
        if how is How.PROOF:
            token = self._good(issuer, now)
            return Spoilt(kind, how, token, self._proof(token, now))
        token = ways[how](issuer, now)
        return Spoilt(
            kind, how, token, proof(HOLDER, token, "GET", URL, now) if is_bound and token.isascii() else None
        )

    def _good(self, issuer: FakeIssuer, now: datetime, **changes: Any) -> str:
        return issuer.token(now, bound_to=HOLDER if issuer.kind == "helseid" else None, **changes)

    def _some(self, pool: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
        names = self._chance.sample(list(pool), self._chance.choice([1, 1, 1, 2, 3]))
        return {name: self._chance.choice(pool[name]) for name in names}

    def _claims(self, issuer: FakeIssuer, now: datetime) -> str:
        return self._good(issuer, now, **self._some(claims_pool(issuer, int(now.timestamp()))))

    def _header(self, issuer: FakeIssuer, now: datetime) -> str:
        head = self._some(HEADERS)
        signing = self._chance.choice([issuer.keys[0], issuer.keys[0], rsa_key("thief")])
        good = self._good(issuer, now).split(".")
        made = {
            "alg": "RS256",
            **({} if issuer.kind == "maskinporten" else {"typ": "at+jwt"}),
            "kid": "first",
            **head,
        }
        return signed(made, json.loads(unb64(good[1])), signing, made.get("alg"))

    def _signature(self, issuer: FakeIssuer, now: datetime) -> str:
        chance, good = self._chance, self._good(issuer, now)
        head, body, signature = good.split(".")
        public = issuer.keys[0].private.public_key()
        secrets = [
            public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            str(issuer.keys[0].public.get("n", "")).encode(),
            b"",
        ]
        forged = json.loads(unb64(head)) | {"alg": chance.choice(["HS256", "HS384", "HS512", "none"])}
        forged_head = b64(json.dumps(forged).encode())
        return chance.choice(
            [
                signed(json.loads(unb64(head)), json.loads(unb64(body)), rsa_key("thief"), "RS256"),
                f"{head}.{body}.",
                f"{head}.{body}.{b64(chance.randbytes(256))}",
                f"{head}.{body}.{b64(bytes(64))}",
                f"{forged_head}.{body}.{signature}",
                f"{forged_head}.{body}.",
                f"{forged_head}.{body}."
                + b64(hmac.digest(chance.choice(secrets), f"{forged_head}.{body}".encode(), sha256)),
                good,
            ]
        )

    def _spliced(self, issuer: FakeIssuer, now: datetime) -> str:
        other = self._issuers[self._chance.choice(list(self._issuers))]
        mine, theirs = self._good(issuer, now).split("."), self._good(other, now).split(".")
        cut = self._chance.choice([(0, 1, 1), (1, 0, 1), (1, 1, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0)])
        pair = (mine, theirs)
        return ".".join(pair[which][place] for place, which in enumerate(cut))

    def _respelt(self, issuer: FakeIssuer, now: datetime) -> str:
        """Signed by the issuer, and written as no issuer should write it."""
        chance, good = self._chance, self._good(issuer, now)
        head, body = (unb64(part).decode() for part in good.split(".")[:2])
        ways: list[Callable[[str], bytes]] = [
            lambda text: text.encode(),
            lambda text: (" " + text + "\n").encode(),
            lambda text: b"\xef\xbb\xbf" + text.encode(),
            lambda text: text.encode("utf-16"),
            lambda text: (text[:-1] + ', "x": NaN}').encode(),
            lambda text: (text[:-1] + ', "x": 1e999}').encode(),
            lambda text: (text[:-1] + ', "x": {"y": 1, "y": 2}}').encode(),
            lambda text: (text[:-1] + ", " + text[1:]).encode(),
            lambda text: (text + text).encode(),
            lambda text: text[:-1].encode(),
            lambda text: (text[:-1] + ",}").encode(),
            lambda text: f"[{text}]".encode(),
            lambda text: ('{"x": ' + "[" * 2000 + "]" * 2000 + ", " + text[1:]).encode(),
            lambda text: (text[:-1] + ', "\\u0069ss": "https://thief.example"}').encode(),
            lambda text: (text[:-1] + ', "\\u0061lg": "none"}').encode(),
            lambda text: text.replace("a", "\\u0061").encode(),
            lambda text: (text[:-1] + ', "x": "\xff"}').encode("latin-1"),
        ]
        first, second = chance.choice([(ways[0], chance.choice(ways)), (chance.choice(ways), ways[0])])
        parts = f"{b64(first(head))}.{b64(second(body))}"
        return f"{parts}.{b64(issuer.keys[0].sign('RS256', parts.encode()))}"

    def _bytes(self, issuer: FakeIssuer, now: datetime) -> str:
        """A good token in which a few characters are others, elsewhere, twice there or gone."""
        chance, text = self._chance, self._good(issuer, now)
        letters = "abcXYZ019-_=+/.~ \n\t\u0000%\u00e6"
        for _ in range(chance.choice([1, 1, 2, 5])):
            place = chance.randrange(len(text))
            text = chance.choice(
                [
                    text[:place] + chance.choice(letters) + text[place + 1 :],
                    text[:place] + chance.choice(letters) + text[place:],
                    text[:place] + text[place + 1 :],
                    text[:place],
                    text + "." + text[:place],
                    text.swapcase(),
                    text[place:] + text[:place],
                    text + chance.choice(letters),
                    chance.choice(letters) + text,
                    text.replace("-", "+").replace("_", "/"),
                    text.replace(".", "=."),
                    text + "A" * chance.choice([1, 9000]),
                ]
            )
            if not text:
                return "."
        return text

    def _proof(self, token: str, now: datetime) -> str | None:
        seconds = int(now.timestamp())
        claims: Mapping[str, Sequence[Any]] = {
            "htm": ("GET", "get", "POST", *ODD),
            "htu": (
                URL,
                URL + "?x=1",
                URL + "#x",
                URL + "/",
                URL.upper(),
                "https://thief.example/v1/me",
                *ODD,
            ),
            "iat": (
                seconds,
                seconds - 14,
                seconds - 17,
                seconds + 4,
                seconds + 7,
                float(seconds),
                str(seconds),
                *ODD,
            ),
            "ath": (b64(sha256(token.encode()).digest()), b64(bytes(32)), *ODD),
            "jti": ("a", "b" * 255, *ODD),
        }
        heads: Mapping[str, Sequence[Any]] = {
            "typ": ("dpop+jwt", "DPoP+jwt", "JWT", *ODD),
            "alg": ("ES256", "RS256", "HS256", "none", *ODD),
            "jwk": (
                HOLDER.public,
                THIEF.public,
                {**HOLDER.public, "d": "AAAA"},
                {**HOLDER.public, "use": "enc"},
                {**HOLDER.public, "x": 1},
                {**HOLDER.public, "crv": "P-384"},
                *ODD,
            ),
            "crit": (["x"], ABSENT),
            "kid": ODD,
        }
        chance = self._chance
        head = self._some(heads) if chance.random() < 0.5 else {}
        changes = self._some(claims) if not head or chance.random() < 0.5 else {}
        signed_by = chance.choice([HOLDER, HOLDER, HOLDER, THIEF])
        made = proof(HOLDER, token, "GET", URL, now, head=head, signed_by=signed_by, **changes)
        return chance.choice([made, made, made, made, made, made, made, None, made[:-1], made + "."])


def unb64(text: str) -> bytes:
    """What stands behind base64url without padding."""
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed(head: Mapping[str, Any], claims: Mapping[str, Any], key: Key, algorithm: object) -> str:
    """Signed as the header says, where that is possible with this key; with RS256 otherwise."""
    known = algorithm if algorithm in ("RS256", "RS384", "RS512", "PS256", "PS384") else "RS256"
    return key.jws(head, claims, str(known))
