"""Systems from Maskinporten: whose they are, who runs them, and what isn't taken (A5)."""

from typing import Any

import pytest

from tests.adapters.identity.profiles.known import NOW, knowing, rule_against
from tests.support.fake_issuer import ABSENT, AUDIENCE, CONSUMER, SUPPLIER, FakeIssuer, organisation

ISSUER = FakeIssuer("maskinporten", "https://test.maskinporten.no/")
ALTINN = "https://www.altinn.no"


async def test_a_system_acts_for_its_consumer() -> None:
    found = await knowing(ISSUER)(ISSUER.token(NOW), NOW)
    assert (found.consumer, found.supplier) == ("0192:991825827", None)
    assert (found.is_system, found.subject, found.client_id) == (True, "7f1a-client", "7f1a-client")
    assert found.scopes == {"verksted:recommendations.write"}
    assert (found.acr, found.assurance, found.address_protected) == (None, None, None)


@pytest.mark.hazard("P-h5")
async def test_a_supplier_is_never_the_consumer() -> None:
    """Who runs the system and whom it acts for stand apart, and only where the delegation is known."""
    verify = knowing(ISSUER)
    found = await verify(ISSUER.token(NOW, supplier=organisation(SUPPLIER), delegation_source=ALTINN), NOW)
    assert (found.consumer, found.supplier) == (f"0192:{CONSUMER}", f"0192:{SUPPLIER}")
    found = await verify(
        ISSUER.token(
            NOW, consumer=organisation(SUPPLIER), supplier=organisation(CONSUMER), delegation_source=ALTINN
        ),
        NOW,
    )
    assert (found.consumer, found.supplier) == (f"0192:{SUPPLIER}", f"0192:{CONSUMER}")


@pytest.mark.hazard("P-h5")
@pytest.mark.parametrize(
    "changes",
    [
        {"supplier": organisation(SUPPLIER)},
        {"supplier": organisation(SUPPLIER), "delegation_source": "https://www.altinn.no/"},
        {"supplier": organisation(SUPPLIER), "delegation_source": "https://thief.example"},
        {"supplier": organisation(SUPPLIER), "delegation_source": [ALTINN]},
        {"supplier": organisation(SUPPLIER), "delegation_source": ""},
        {"supplier": organisation(SUPPLIER), "delegation_source": None},
        {"supplier": None, "delegation_source": ALTINN},
        {"supplier": SUPPLIER, "delegation_source": ALTINN},
        {"supplier": organisation("1"), "delegation_source": ALTINN},
        {"delegation_source": ALTINN},
        {"consumer": ABSENT, "supplier": organisation(SUPPLIER), "delegation_source": ALTINN},
        # A "systembruker": the consumer is the vendor, and the customer stands elsewhere.
        {"authorization_details": [{"type": "urn:altinn:systemuser"}]},
        {"authorization_details": []},
    ],
)
async def test_delegations_that_nobody_can_vouch_for(changes: dict[str, Any]) -> None:
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, **changes)) == 16


@pytest.mark.parametrize(
    "consumer",
    [
        ABSENT,
        None,
        [],
        {},
        CONSUMER,
        f"0192:{CONSUMER}",
        organisation(CONSUMER, icd="9908"),
        organisation(CONSUMER, icd="192"),
        organisation(CONSUMER, authority="iso6523"),
        organisation("991825828"),
        organisation("99182582"),
        organisation("9918258270"),
        organisation("٩٩١٨٢٥٨٢٧"),
        organisation(f"{CONSUMER}:1"),
        organisation(f" {CONSUMER}"),
        {"ID": f"0192:{CONSUMER}"},
        {"authority": "iso6523-actorid-upis"},
        {"authority": "iso6523-actorid-upis", "ID": [f"0192:{CONSUMER}"]},
        {"authority": "iso6523-actorid-upis", "ID": CONSUMER},
        [organisation(CONSUMER)],
    ],
)
async def test_an_organisation_that_is_not_known_for_sure(consumer: Any) -> None:
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, consumer=consumer)) == 16


@pytest.mark.hazard("P-h4")
@pytest.mark.parametrize("aud", [ABSENT, "unspecified", ["unspecified"], [AUDIENCE, "unspecified"], "", None])
async def test_a_token_that_anybody_could_have_shown_us(aud: Any) -> None:
    """Without audience restriction, whoever got the token for their own API could use it at ours."""
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, aud=aud)) == 10


@pytest.mark.hazard("P-h4")
@pytest.mark.parametrize("iss", ["https://maskinporten.no/", "https://test.maskinporten.no", ABSENT])
async def test_another_environment_is_another_issuer(iss: Any) -> None:
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, iss=iss)) == 6


@pytest.mark.hazard("P-h4")
@pytest.mark.parametrize("missing", ["exp", "iat"])
async def test_a_token_without_an_end(missing: str) -> None:
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, **{missing: ABSENT})) == 11


@pytest.mark.parametrize("pid", ["01010012345", "", None])
async def test_a_token_for_one_citizen_is_not_for_us(pid: str | None) -> None:
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, pid=pid)) == 16


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
async def test_three_algorithms(algorithm: str) -> None:
    await knowing(ISSUER)(ISSUER.token(NOW, head={"alg": algorithm}), NOW)


@pytest.mark.parametrize("algorithm", ["PS256", "PS384", "ES256", "HS256", "none"])
async def test_and_no_others(algorithm: str) -> None:
    head = {"alg": algorithm, "kid": "first"}
    honest = ISSUER.token(NOW).split(".")
    forged = ISSUER.keys[0].jws(head, {"iss": ISSUER.issuer}, "RS256").split(".")
    assert await rule_against(knowing(ISSUER), ".".join([forged[0], honest[1], honest[2]])) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": "somebody"},
        {"sub": "somebody", "acr": "idporten-loa-high", "gty": "authorization_code"},
        {"sub": "7f1a-client"},
    ],
)
async def test_it_is_a_system_whatever_else_it_says(changes: dict[str, Any]) -> None:
    found = await knowing(ISSUER)(ISSUER.token(NOW, **changes), NOW)
    assert (found.is_system, found.subject, found.assurance) == (True, "7f1a-client", None)


async def test_without_a_client_it_is_nobody() -> None:
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, client_id=ABSENT, sub="somebody")) == 12


@pytest.mark.parametrize("typ", ["JWT", "at+jwt", ABSENT])
async def test_no_type_is_expected(typ: Any) -> None:
    await knowing(ISSUER)(ISSUER.token(NOW, head={"typ": typ}), NOW)


@pytest.mark.parametrize("typ", [None, "", "id_token+jwt", ["JWT"], 1])
async def test_and_what_is_none_is_refused(typ: Any) -> None:
    """`null` is not absent: found by the spoilt tokens."""
    assert await rule_against(knowing(ISSUER), ISSUER.token(NOW, head={"typ": typ})) == 4


async def test_scopes_of_the_signed_token_alone() -> None:
    found = await knowing(ISSUER)(ISSUER.token(NOW, head={"scope": "admin"}, scope="a:b.read"), NOW)
    assert found.scopes == {"a:b.read"}


async def test_delegations_are_believed_from_whom_the_settings_name() -> None:
    verify = knowing(ISSUER, delegation_sources=frozenset({"https://tt02.altinn.no"}))
    changes = {"supplier": organisation(SUPPLIER), "delegation_source": "https://tt02.altinn.no"}
    assert (await verify(ISSUER.token(NOW, **changes), NOW)).supplier == f"0192:{SUPPLIER}"
    changes["delegation_source"] = ALTINN
    assert await rule_against(verify, ISSUER.token(NOW, **changes)) == 16
