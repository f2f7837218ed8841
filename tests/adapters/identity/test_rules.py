"""Rules 1 to 8 of the token verifier: how a token is spelt and signed. And what a good one gives."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.keys import fit_key
from app.adapters.identity.rules import RuleBroken
from app.domain.shared.assurance import Assurance
from app.services.ports.token_verifier import VerifiedToken
from tests.adapters.identity.forge import (
    ABSENT,
    AUDIENCE,
    ISSUER,
    NOW,
    SECONDS,
    Issuer,
    LocalKeys,
    jwk,
    token,
    verifier,
)
from tests.adapters.identity.refusal import rule_against


async def test_a_good_token_gives_its_signed_claims() -> None:
    assert await verifier()(token(), NOW) == VerifiedToken(
        issuer=ISSUER,
        subject="per-1",
        client_id="web",
        scopes=frozenset({"groups.read", "groups.write"}),
        acr="idporten-loa-high",
        is_system=False,
        expires_at=datetime.fromtimestamp(SECONDS + 600, UTC),
    )


@pytest.mark.parametrize(("key", "algorithm"), [("ours", "RS256"), ("ours", "PS256"), ("p256", "ES256")])
async def test_each_algorithm_is_verified(key: str, algorithm: str) -> None:
    good = token(key, {"alg": algorithm, "kid": key})
    assert (await verifier()(good, NOW)).subject == "per-1"
    forged = token("other" if key == "ours" else "p384", {"alg": algorithm, "kid": key})
    assert await rule_against(verifier(), forged) == 8


async def test_rule_01_eight_kilobytes_and_three_parts() -> None:
    fits = token(filler="a" * 5600)
    assert 7800 < len(fits) <= 8192
    assert (await verifier()(fits, NOW)).subject == "per-1"
    too_large = token(filler="a" * 6000)
    assert len(too_large) > 8192
    assert await rule_against(verifier(), too_large) == 1
    good = token()
    for wrong in ("", ".", "..", good.rsplit(".", 1)[0], good + ".", good + ".aa.bb", "ø" + good):
        assert await rule_against(verifier(), wrong) in (1, 2)


@pytest.mark.parametrize("algorithm", ["HS256", "none", "None", "RS384", "EdDSA", ABSENT, None, 1, ["RS256"]])
async def test_rule_02_algorithm_in_the_issuers_list(algorithm: object) -> None:
    assert await rule_against(verifier(), token(head={"alg": algorithm})) == 2


async def test_rule_02_the_list_is_the_issuers_own() -> None:
    only_es = IssuerConfig(issuer=ISSUER, audience=AUDIENCE, algorithms=frozenset({"ES256"}))
    assert await rule_against(verifier(config=only_es), token()) == 2


@pytest.mark.parametrize("crit", [["b64"], ["exp"], [], None, "x"])
async def test_rule_03_any_crit_is_refused(crit: object) -> None:
    assert await rule_against(verifier(), token(head={"crit": crit, "b64": True})) == 3
    assert await rule_against(verifier(), token(head={"crit": crit})) == 3


@pytest.mark.parametrize(
    "typ", ["JWT", "jwt", "id+jwt", "dpop+jwt", "logout+jwt", "", ABSENT, None, 1, ["at+jwt"]]
)
async def test_rule_04_the_issuers_type(typ: object) -> None:
    assert await rule_against(verifier(), token(head={"typ": typ})) == 4


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "application/at+jwt"])
async def test_rule_04_spelling_of_a_media_type(typ: str) -> None:
    assert (await verifier()(token(head={"typ": typ}), NOW)).subject == "per-1"


async def test_rule_04_an_issuer_that_sends_no_type() -> None:
    lenient = verifier(config=IssuerConfig(issuer=ISSUER, audience=AUDIENCE, typ=None))
    for typ in (ABSENT, "JWT", "at+jwt"):
        assert (await lenient(token(head={"typ": typ}), NOW)).subject == "per-1"
    assert await rule_against(lenient, token(head={"typ": "dpop+jwt"})) == 4
    for claim in ("nonce", "at_hash", "c_hash"):
        assert await rule_against(lenient, token(head={"typ": "JWT"}, **{claim: "x"})) == 4


async def test_rule_05_keys_named_by_the_token_are_not_looked_at() -> None:
    elsewhere = {"jwk": jwk("thief"), "jku": "https://thief.example/jwks", "x5u": "https://thief.example/x"}
    assert (await verifier()(token(head=elsewhere), NOW)).subject == "per-1"
    for name, value in elsewhere.items():
        assert await rule_against(verifier(), token("thief", {name: value})) == 8
        assert await rule_against(verifier(), token("thief", {name: value, "kid": "thief"})) == 7


@pytest.mark.hazard("P-h4")
@pytest.mark.parametrize(
    "issuer",
    [ISSUER + "/", ISSUER.upper(), "https://test.example.no", "", ABSENT, None, 1, [ISSUER], {"a": 1}],
)
async def test_rule_06_issuer_by_exact_match(issuer: object) -> None:
    assert await rule_against(verifier(), token(iss=issuer)) == 6


async def test_rule_06_each_issuer_has_its_own_keys() -> None:
    other = IssuerConfig(issuer="https://other.example.no", audience=AUDIENCE)
    ours = IssuerConfig(issuer=ISSUER, audience=AUDIENCE)
    verify = JoseTokenVerifier(
        [
            (ours, LocalKeys(Issuer([jwk("ours")]).document)),
            (other, LocalKeys(Issuer([jwk("other")]).document)),
        ]
    )
    assert (await verify(token("other", {"kid": "other"}, iss=other.issuer), NOW)).issuer == other.issuer
    assert await rule_against(verify, token("other", {"kid": "other"})) == 7
    assert await rule_against(verify, token("other")) == 8


@pytest.mark.parametrize("kid", ["unknown", "OURS", "ours ", "", ABSENT, None, 1, ["ours"], "k" * 257])
async def test_rule_07_key_by_exact_id(kid: object) -> None:
    assert await rule_against(verifier(), token(head={"kid": kid})) == 7


@pytest.mark.parametrize(
    "changes",
    [
        {"use": "enc"},
        {"use": None},
        {"alg": "RS512"},
        {"alg": "RSA-OAEP"},
        {"key_ops": ["encrypt"]},
        {"key_ops": "verify"},
        {"kty": "EC"},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"n": "AQAB"},
        {"n": ABSENT},
        {"n": "@@"},
        {"n": 5},
        {"e": "AQ"},
        {"e": "Ag"},
        {"e": "AQAA"},
    ],
)
async def test_rule_07_key_fits(changes: dict[str, Any]) -> None:
    assert await rule_against(verifier(jwk("ours", **changes)), token()) == 7


@pytest.mark.parametrize(
    "changes", [{"crv": "P-384"}, {"x": "AQAB"}, {"y": jwk("p256")["x"]}, {"kty": "RSA"}, {"crv": ABSENT}]
)
async def test_rule_07_curve_fits(changes: dict[str, Any]) -> None:
    key = jwk("p256", **changes)
    assert await rule_against(verifier(key), token("p256", {"alg": "ES256", "kid": "p256"})) == 7


@pytest.mark.parametrize(("key", "algorithm"), [("ours", "ES256"), ("p256", "RS256"), ("p256", "PS256")])
def test_rule_07_kind_of_key_fits_the_algorithm(key: str, algorithm: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        fit_key(jwk(key), algorithm)
    assert broken.value.rule == 7


async def test_rule_07_another_curve_than_the_algorithms() -> None:
    assert await rule_against(verifier(jwk("p384")), token("p384", {"alg": "ES256", "kid": "p384"})) == 7


async def test_rule_07_an_id_of_two_keys_names_neither() -> None:
    assert await rule_against(verifier(jwk("ours"), jwk("other", kid="ours")), token()) == 7


async def test_rule_08_signature_over_these_very_bytes() -> None:
    good = token()
    head, body, signature = good.split(".")
    other_body = token(sub="per-2").split(".")[1]
    other_head = token(head={"x": 1}).split(".")[0]
    assert await rule_against(verifier(), f"{head}.{other_body}.{signature}") == 8
    assert await rule_against(verifier(), f"{other_head}.{body}.{signature}") == 8
    assert await rule_against(verifier(), f"{head}.{body}.") == 8
    assert await rule_against(verifier(), f"{head}.{body}.{signature[:-4]}") == 8
    # 256 bytes leave four idle bits in the last character: another spelling of the same signature.
    idle = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    respelt = idle[idle.index(signature[-1]) ^ 1]
    assert await rule_against(verifier(), f"{head}.{body}.{signature[:-1]}{respelt}") == 8


@pytest.mark.parametrize(
    "wrong",
    [
        {"algorithms": frozenset({"HS256"})},
        {"algorithms": frozenset({"RS256", "none"})},
        {"algorithms": frozenset()},
        {"typ": frozenset()},
        {"typ": frozenset({"jwt"})},
        {"typ": frozenset({"AT+JWT"})},
        {"issuer": ""},
        {"audience": ""},
        {"max_lifetime": timedelta(0)},
        {"leeway": timedelta(minutes=2)},
        {"leeway": timedelta(seconds=-1)},
        {"acr": {'a"b': Assurance.HIGH}},
        {"acr": {"a b": Assurance.HIGH}},
        {"acr": {"hå": Assurance.HIGH}},
        {"acr": {"": Assurance.HIGH}},
    ],
)
def test_a_configuration_can_not_undo_the_rules(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        IssuerConfig(**{"issuer": ISSUER, "audience": AUDIENCE, **wrong})  # type: ignore[arg-type]


def test_an_issuer_is_configured_once() -> None:
    config = IssuerConfig(issuer=ISSUER, audience=AUDIENCE)
    with pytest.raises(ValueError):
        JoseTokenVerifier([(config, LocalKeys(Issuer().document)), (config, LocalKeys(Issuer().document))])
