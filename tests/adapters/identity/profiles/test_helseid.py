"""HelseID: tokens bound to a key, good only with a fresh proof for this very request (A6, RFC 9449)."""

from datetime import timedelta
from typing import Any

import pytest

from app.adapters.identity.jose import JoseTokenVerifier
from app.domain.shared.assurance import Assurance
from app.services.ports.token_verifier import Possession
from tests.adapters.identity.profiles.known import NOW, config_of, knowing, rule_against
from tests.support.fake_issuer import ABSENT, CONSUMER, SUPPLIER, FakeIssuer, Key, ec_key, proof, rsa_key

ISSUER = FakeIssuer("helseid", "https://helseid-sts.nhn.no")
OURS, OTHERS = ec_key("client"), ec_key("thief")
URL = "https://api.example.no/v1/me"
LEVEL = "helseid://claims/identity/security_level"
PARENT, VENDOR = (f"helseid://claims/client/claims/orgnr_{name}" for name in ("parent", "supplier"))


def bound(key: Key = OURS, **changes: Any) -> str:
    """A token that is bound to a key."""
    return ISSUER.token(NOW, bound_to=key, **changes)


def shown(token: str, key: Key = OURS, method: str = "GET", url: str = URL, **changes: Any) -> Possession:
    """A good proof for a request to `URL`, but for what is changed."""
    return Possession(proof(key, token, "GET", URL, NOW, **changes), method, url)


@pytest.mark.parametrize("key", [OURS, rsa_key("client")], ids=["EC", "RSA"])
async def test_a_token_with_a_proof_is_good(key: Key) -> None:
    token = bound(key)
    found = await knowing(ISSUER)(token, NOW, shown(token, key))
    assert (found.is_system, found.assurance) == (False, Assurance.HIGH)
    assert found.scopes == {"openid", "nhn:verksted/api"}
    assert found.acr_values == {
        Assurance.LOW: "Level3",
        Assurance.SUBSTANTIAL: "Level3",
        Assurance.HIGH: "Level4",
    }


async def test_each_proof_is_good_once() -> None:
    verify, token = knowing(ISSUER), bound()
    possession = shown(token)
    await verify(token, NOW, possession)
    assert await rule_against(verify, token, possession) == 15
    await verify(token, NOW, shown(token))


async def test_a_name_that_another_client_has_used_is_not_taken() -> None:
    """Whoever guesses or sees somebody's `jti` can't use it up for them: a proof's name counts within its key."""
    verify, mine, theirs = knowing(ISSUER), bound(), bound(OTHERS)
    await verify(theirs, NOW, shown(theirs, OTHERS, jti="same"))
    await verify(mine, NOW, shown(mine, jti="same"))
    assert await rule_against(verify, mine, shown(mine, jti="same")) == 15


PRIVATE = {**OURS.public, "d": "AAAA"}
WRONG_PROOFS: dict[str, dict[str, Any]] = {
    "another method": {"htm": "POST"},
    "method in small letters": {"htm": "get"},
    "no method": {"htm": ABSENT},
    "another path": {"htu": "https://api.example.no/v1/me/groups"},
    "another host": {"htu": "https://thief.example/v1/me"},
    "our host in disguise": {"htu": "https://api.example.no@thief.example/v1/me"},
    "our host as a user": {"htu": "https://me@api.example.no/v1/me"},
    "plain http": {"htu": "http://api.example.no/v1/me"},
    "another port": {"htu": "https://api.example.no:8443/v1/me"},
    "port that is none": {"htu": "https://api.example.no:x/v1/me"},
    "path in other letters": {"htu": "https://api.example.no/v1/ME"},
    "slash at the end": {"htu": "https://api.example.no/v1/me/"},
    "path alone": {"htu": "/v1/me"},
    "no address": {"htu": ABSENT},
    "an address that is none": {"htu": ["https://api.example.no/v1/me"]},
    "broken address": {"htu": "https://[::1/v1/me"},
    "another token's hash": {"ath": "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"},
    "no hash": {"ath": ABSENT},
    "hash with padding": {"ath": "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo="},
    "too old": {"iat": int(NOW.timestamp()) - 16},
    "from the future": {"iat": int(NOW.timestamp()) + 6},
    "no time": {"iat": ABSENT},
    "time as a text": {"iat": str(int(NOW.timestamp()))},
    "time as a fraction": {"iat": NOW.timestamp() + 0.5},
    "time as a truth": {"iat": True},
    "endless time": {"iat": 10**400},
    "no name": {"jti": ABSENT},
    "empty name": {"jti": ""},
    "name that is none": {"jti": 1},
    "name with a nought": {"jti": "a\u0000b"},
    "half a letter as a name": {"jti": "\ud800"},
    "endless name": {"jti": "x" * 256},
    "another type": {"head": {"typ": "JWT"}},
    "type of a token": {"head": {"typ": "at+jwt"}},
    "no type": {"head": {"typ": ABSENT}},
    "no signature": {"head": {"alg": "none"}},
    "secret for a signature": {"head": {"alg": "HS256"}},
    "unknown algorithm": {"head": {"alg": "ES384"}},
    "algorithm of another kind of key": {"head": {"alg": "RS256"}},
    "no algorithm": {"head": {"alg": ABSENT}},
    "algorithm that is none": {"head": {"alg": ["ES256"]}},
    "private key": {"head": {"jwk": PRIVATE}},
    "symmetric key": {"head": {"jwk": {"kty": "oct", "k": "AAAA"}}},
    "no key": {"head": {"jwk": ABSENT}},
    "key that is none": {"head": {"jwk": "x"}},
    "empty key": {"head": {"jwk": {}}},
    "half a letter as a key": {"head": {"jwk": {**OURS.public, "x": "\ud800"}}},
    "half a letter as a kind": {"head": {"jwk": {**OURS.public, "kty": "\ud800"}}},
    "key off the curve": {"head": {"jwk": {**OURS.public, "y": OURS.public["x"]}}},
    "key's name instead": {"head": {"jwk": ABSENT, "kid": "client"}},
    "unknown extension": {"head": {"crit": ["x"], "x": 1}},
    "payload apart": {"head": {"b64": False}},
    "signed by another key": {"signed_by": OTHERS},
}


@pytest.mark.parametrize("name", WRONG_PROOFS)
async def test_wrong_proofs(name: str) -> None:
    verify, token = knowing(ISSUER), bound()
    assert await rule_against(verify, token, shown(token, **WRONG_PROOFS[name])) in (7, 8, 15)
    await verify(token, NOW, shown(token))  # and again with the token remembered
    assert await rule_against(verify, token, shown(token, **WRONG_PROOFS[name])) in (7, 8, 15)


@pytest.mark.parametrize(
    "rubbish", ["", "x", "a.b.c", "a.b.c.d.e", "æ", "." * 9000, "\u0000..", "e30.e30.e30"]
)
async def test_rubbish_for_a_proof(rubbish: str) -> None:
    token = bound()
    assert await rule_against(knowing(ISSUER), token, Possession(rubbish, "GET", URL)) in (1, 2, 6, 8, 15)


@pytest.mark.parametrize(
    "changes",
    [
        {"iat": int(NOW.timestamp()) - 15},
        {"iat": int(NOW.timestamp()) + 5},
        {"htu": URL + "?limit=5#x"},
        {"htu": "https://API.example.no:443/v1/me"},
        {"htu": "HTTPS://api.example.no/v1/me"},
        {"nonce": "not asked for"},
        {"head": {"kid": "not looked at"}},
    ],
)
async def test_proofs_at_the_edge_of_right(changes: dict[str, Any]) -> None:
    token = bound()
    await knowing(ISSUER)(token, NOW, shown(token, **changes))


async def test_another_clients_key_does_not_help() -> None:
    token = bound()
    assert await rule_against(knowing(ISSUER), token, shown(token, OTHERS)) == 15


async def test_a_proof_for_one_token_is_none_for_another() -> None:
    verify, first, second = knowing(ISSUER), bound(), bound()
    assert await rule_against(verify, second, shown(first)) == 15


async def test_what_we_are_called_is_not_the_callers_word() -> None:
    """The address comes from our settings: a proof for another place is none, wherever the request says it went."""
    token = bound()
    elsewhere = Possession(proof(OURS, token, "GET", "https://thief.example/v1/me", NOW), "GET", URL)
    assert await rule_against(knowing(ISSUER), token, elsewhere) == 15


@pytest.mark.parametrize(
    "cnf",
    [ABSENT, None, {}, [], "x", {"jkt": ""}, {"jkt": 1}, {"x5t#S256": "x"}, {"jkt": "x", "x5t#S256": "x"}],
)
async def test_a_token_that_is_bound_to_nothing(cnf: Any) -> None:
    token = ISSUER.token(NOW, cnf=cnf)
    assert await rule_against(knowing(ISSUER), token, shown(token)) == 15


async def test_without_a_proof_it_is_refused() -> None:
    verify, token = knowing(ISSUER), bound()
    assert await rule_against(verify, token) == 15
    await verify(token, NOW, shown(token))
    assert await rule_against(verify, token) == 15  # also once it is remembered


@pytest.mark.parametrize("kind", ["oidc", "maskinporten", "id-porten", "mitid-broker"])
async def test_elsewhere_a_proof_is_out_of_place(kind: str) -> None:
    """An issuer's tokens come either with a proof or without one, never sometimes so and sometimes so."""
    issuer = FakeIssuer(kind, f"https://{kind}.example")
    verify, token, its = knowing(issuer), issuer.token(NOW), issuer.token(NOW, bound_to=OURS)
    assert await rule_against(verify, token, shown(token)) == 15
    await verify(token, NOW)
    assert await rule_against(verify, token, shown(token)) == 15
    assert await rule_against(verify, its) == 15
    assert await rule_against(verify, its, shown(its)) == 15


async def test_one_audience_and_no_other() -> None:
    token = bound(aud=["https://api.example.no", "nhn:other"])
    assert await rule_against(knowing(ISSUER), token, shown(token)) == 10


@pytest.mark.parametrize(
    ("level", "assurance"),
    [
        ("4", Assurance.HIGH),
        ("3", Assurance.SUBSTANTIAL),
        ("2", Assurance.LOW),
        (4, Assurance.HIGH),
        ("1", None),
        ("5", None),
        ("04", None),
        (True, None),
        (["4"], None),
        (ABSENT, None),
    ],
)
async def test_security_levels(level: Any, assurance: Assurance | None) -> None:
    token = bound(**{LEVEL: level, "acr": "Level4"})
    assert (await knowing(ISSUER)(token, NOW, shown(token))).assurance is assurance


@pytest.mark.hazard("P-h5")
async def test_a_system_acts_for_the_organisation_it_belongs_to() -> None:
    verify = knowing(ISSUER)
    token = bound(sub=ABSENT, **{PARENT: CONSUMER, VENDOR: SUPPLIER})
    found = await verify(token, NOW, shown(token))
    assert (found.is_system, found.assurance) == (True, None)
    assert (found.consumer, found.supplier) == (f"0192:{CONSUMER}", f"0192:{SUPPLIER}")
    for wrong in ({VENDOR: SUPPLIER}, {PARENT: "1"}, {PARENT: CONSUMER, VENDOR: None}):
        token = bound(sub=ABSENT, **wrong)
        assert await rule_against(verify, token, shown(token)) == 16
    token = bound(**{PARENT: CONSUMER, VENDOR: SUPPLIER})
    found = await verify(token, NOW, shown(token))
    assert (found.consumer, found.supplier) == (None, None), "a person comes for themselves"


async def test_proofs_are_asked_for_at_the_moment_of_the_request() -> None:
    """A token that is remembered is no reason to believe an old proof."""
    verify, token = knowing(ISSUER), bound()
    await verify(token, NOW, shown(token))
    later = NOW + timedelta(seconds=20)
    assert await rule_against(verify, token, shown(token), later) == 15


def test_nobody_takes_proofs_without_remembering_them() -> None:
    with pytest.raises(ValueError, match="remembered"):
        JoseTokenVerifier([(config_of(ISSUER), _NoKeys())])


class _NoKeys:
    async def find(self, kid: str, now: Any) -> None:
        """None."""
