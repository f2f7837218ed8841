"""Rules 9 to 14 of the token verifier: what a signed token has to say. One test or more each."""

from datetime import timedelta
from typing import Any

import pytest

from app.adapters.identity.claims import believe
from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.rules import RuleBroken
from app.domain.shared.assurance import Assurance
from app.domain.shared.errors import TokenExpired
from tests.adapters.identity.forge import (
    ABSENT,
    AUDIENCE,
    CONFIG,
    ISSUER,
    NOW,
    SECONDS,
    claims,
    compact,
    header,
    token,
    verifier,
)
from tests.adapters.identity.refusal import rule_against


async def test_rule_09_issuer_of_the_signed_claims() -> None:
    with pytest.raises(RuleBroken) as broken:
        believe(claims(iss="https://other.example.no"), CONFIG, NOW)
    assert broken.value.rule == 9


@pytest.mark.hazard("P-h4")
@pytest.mark.parametrize(
    "audience",
    [
        ABSENT,
        None,
        "",
        "unspecified",
        AUDIENCE + "/",
        "https://other.example.no",
        [],
        [AUDIENCE, "https://other.example.no"],
        [AUDIENCE, AUDIENCE],
        [[AUDIENCE]],
        {AUDIENCE: 1},
        1,
        True,
    ],
)
async def test_rule_10_our_audience_alone(audience: object) -> None:
    assert await rule_against(verifier(), token(aud=audience)) == 10


async def test_rule_10_a_list_of_one() -> None:
    assert (await verifier()(token(aud=[AUDIENCE]), NOW)).subject == "per-1"


@pytest.mark.hazard("P-h4")
@pytest.mark.parametrize(
    "changes",
    [
        {"exp": ABSENT},
        {"iat": ABSENT},
        {"exp": None},
        {"exp": str(SECONDS + 600)},
        {"exp": True},
        {"iat": True, "exp": 2},
        {"exp": -1},
        {"iat": -SECONDS},
        {"iat": 0},
        {"exp": 10**400},
        {"exp": 253402300799 + 1},
        {"exp": float(SECONDS + 600)},
        {"exp": 1e308},
        {"exp": [SECONDS]},
        {"iat": SECONDS + 31},
        {"iat": SECONDS + 31, "nbf": SECONDS},
        {"nbf": SECONDS + 31},
        {"nbf": None},
        {"nbf": "0"},
        {"nbf": False},
        {"iat": SECONDS - 60, "exp": SECONDS - 60},
        {"iat": SECONDS - 60, "exp": SECONDS - 61},
        {"iat": SECONDS, "exp": SECONDS + 3601},
    ],
)
async def test_rule_11_times(changes: dict[str, Any]) -> None:
    assert await rule_against(verifier(), token(**changes)) == 11


async def test_rule_11_leeway_at_both_ends() -> None:
    await verifier()(token(iat=SECONDS + 30, nbf=SECONDS + 30), NOW)
    await verifier()(token(exp=SECONDS - 29), NOW)
    with pytest.raises(TokenExpired):
        await verifier()(token(exp=SECONDS - 30), NOW)


async def test_rule_11_expiry_is_told_of_real_tokens_only() -> None:
    late = NOW + timedelta(hours=1)
    with pytest.raises(TokenExpired):
        await verifier()(token(), late)
    expired: dict[str, Any] = {"exp": SECONDS - 40}
    assert await rule_against(verifier(), token("thief", **expired)) == 8
    assert await rule_against(verifier(), token(aud="unspecified", **expired)) == 10
    assert await rule_against(verifier(), token(sub=1, **expired)) == 12


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": ABSENT, "client_id": ABSENT},
        {"sub": 1},
        {"sub": None},
        {"sub": ["per-1"]},
        {"sub": True},
        {"sub": ""},
        {"sub": "a" * 256},
        {"sub": "per-1\u0000"},
        {"sub": "\ud800"},
        {"client_id": 1},
        {"client_id": ""},
        {"gty": 1},
    ],
)
async def test_rule_12_who(changes: dict[str, Any]) -> None:
    assert await rule_against(verifier(), token(**changes)) == 12


@pytest.mark.parametrize(
    ("changes", "subject", "is_system"),
    [
        ({}, "per-1", False),
        ({"client_id": ABSENT}, "per-1", False),
        ({"gty": "authorization_code"}, "per-1", False),
        ({"sub": ABSENT}, "web", True),
        ({"sub": "web"}, "web", True),
        ({"sub": "web@clients", "gty": "client-credentials"}, "web@clients", True),
    ],
)
async def test_rule_12_person_or_machine(changes: dict[str, Any], subject: str, is_system: bool) -> None:
    verified = await verifier()(token(**changes), NOW)
    assert (verified.subject, verified.is_system) == (subject, is_system)


@pytest.mark.parametrize("scope", [1, None, True, {"a": 1}, ["a", 1], ["a b"], "a\u0000", ["\ud800"]])
async def test_rule_13_scopes_of_another_kind(scope: object) -> None:
    assert await rule_against(verifier(), token(scope=scope)) == 13


async def test_rule_13_scopes_from_the_signed_token_only() -> None:
    unsigned = compact(header(scope="admin", scp="admin"), claims(scope="a  b", scp="admin"))
    assert (await verifier()(unsigned, NOW)).scopes == frozenset({"a", "b"})
    assert (await verifier()(token(scope=["a", "b"]), NOW)).scopes == frozenset({"a", "b"})
    assert (await verifier()(token(scope=ABSENT), NOW)).scopes == frozenset()


async def test_rule_14_level_of_login_as_signed() -> None:
    assert (await verifier()(token(acr="low", head={"acr": "high"}), NOW)).acr == "low"
    assert (await verifier()(token(acr=ABSENT), NOW)).acr is None
    for acr in (1, None, "", ["high"], True):
        assert await rule_against(verifier(), token(acr=acr)) == 14


async def test_what_an_acr_means_is_the_issuers_configuration() -> None:
    ladder = {"two": Assurance.SUBSTANTIAL, "three": Assurance.HIGH, "also-three": Assurance.HIGH}
    config = IssuerConfig(issuer=ISSUER, audience=AUDIENCE, acr=ladder, without_acr=Assurance.LOW)
    verify = verifier(config=config)
    for acr, assurance in (
        ("two", Assurance.SUBSTANTIAL),
        ("three", Assurance.HIGH),
        ("Three", None),
        ("high", None),
        (ABSENT, Assurance.LOW),
    ):
        assert (await verify(token(acr=acr), NOW)).assurance is assurance
    found = await verify(token(acr="two"), NOW)
    assert found.acr_values == {
        Assurance.LOW: "two also-three three",
        Assurance.SUBSTANTIAL: "two also-three three",
        Assurance.HIGH: "also-three three",
    }


async def test_an_issuer_whose_words_mean_nothing() -> None:
    """Keycloak says `1` whatever happened: where no word is listed, one level holds for all."""
    for level in (None, Assurance.SUBSTANTIAL):
        verify = verifier(config=IssuerConfig(issuer=ISSUER, audience=AUDIENCE, without_acr=level))
        for acr in ("1", ABSENT):
            assert (await verify(token(acr=acr), NOW)).assurance is level


async def test_a_system_has_no_login_that_could_be_strong() -> None:
    config = IssuerConfig(issuer=ISSUER, audience=AUDIENCE, acr={"high": Assurance.HIGH})
    found = await verifier(config=config)(token(sub="web", acr="high"), NOW)
    assert (found.is_system, found.assurance) == (True, None)
