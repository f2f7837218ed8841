"""People from ID-porten, from MitID brokers and from anywhere: how strong the login was, and what is never read."""

from typing import Any

import pytest

from app.domain.shared.assurance import Assurance
from tests.adapters.identity.profiles.known import NOW, knowing, rule_against
from tests.support.fake_issuer import ABSENT, FakeIssuer

ID_PORTEN = FakeIssuer("id-porten", "https://idporten.no")
BROKER = FakeIssuer("mitid-broker", "https://broker.example.dk")
ANY = FakeIssuer("oidc", "https://login.example.org/realms/centre")
NSIS = "https://data.gov.dk/concept/core/nsis/"
NATIONAL_IDS = ["01010012345", "010100-1234", "0101001234", "010100 12345"]


@pytest.mark.parametrize(
    ("acr", "assurance"),
    [
        ("idporten-loa-low", Assurance.LOW),
        ("idporten-loa-substantial", Assurance.SUBSTANTIAL),
        ("idporten-loa-high", Assurance.HIGH),
        ("eidas-loa-substantial", Assurance.SUBSTANTIAL),
        ("eidas-loa-high", Assurance.HIGH),
        ("selfregistered-email", None),
        ("Level4", None),
        ("idporten-loa-High", None),
        (ABSENT, None),
    ],
)
async def test_how_strong_a_login_at_id_porten_was(acr: Any, assurance: Assurance | None) -> None:
    found = await knowing(ID_PORTEN)(ID_PORTEN.token(NOW, acr=acr), NOW)
    assert (found.is_system, found.assurance) == (False, assurance)
    assert found.acr_values[Assurance.SUBSTANTIAL] == "idporten-loa-substantial idporten-loa-high", (
        "logins from abroad count, and nobody is told to ask for them"
    )
    assert found.consumer is None, "a person comes for themselves, whatever client they use"


@pytest.mark.parametrize("issuer", [ID_PORTEN, BROKER], ids=lambda issuer: issuer.kind)
async def test_a_national_id_is_neither_kept_nor_read(issuer: FakeIssuer) -> None:
    planted = {"pid": "01010012345", "cpr": "0101001234", "mitid.cpr": "0101001234", "nin": "0101001234"}
    found = await knowing(issuer)(issuer.token(NOW, **planted), NOW)
    assert "010100" not in repr(found)
    for strange in ({"pid": 5}, {"pid": None}, {"cpr": []}):
        await knowing(issuer)(issuer.token(NOW, **strange), NOW)


@pytest.mark.parametrize("sub", NATIONAL_IDS)
@pytest.mark.parametrize("issuer", [ID_PORTEN, BROKER], ids=lambda issuer: issuer.kind)
async def test_a_subject_that_is_a_national_id_comes_no_further(issuer: FakeIssuer, sub: str) -> None:
    assert await rule_against(knowing(issuer), issuer.token(NOW, sub=sub)) == 16


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "n"},
        {"at_hash": "x"},
        {"c_hash": "x"},
        {"head": {"typ": "JWT"}},
        {"head": {"typ": ABSENT}},
        {"head": {"typ": "id_token+jwt"}},
    ],
)
@pytest.mark.parametrize("issuer", [ID_PORTEN, BROKER, ANY], ids=lambda issuer: issuer.kind)
async def test_an_id_token_is_for_the_client_alone(issuer: FakeIssuer, changes: dict[str, Any]) -> None:
    assert await rule_against(knowing(issuer), issuer.token(NOW, **changes)) == 4


@pytest.mark.parametrize(
    ("levels", "assurance"),
    [
        ({"loa": "LOW", "ial": "HIGH", "aal": "HIGH"}, Assurance.LOW),
        ({"loa": "SUBSTANTIAL", "ial": "SUBSTANTIAL", "aal": "HIGH"}, Assurance.SUBSTANTIAL),
        ({"loa": "HIGH", "ial": "SUBSTANTIAL", "aal": "HIGH"}, Assurance.SUBSTANTIAL),
        ({"loa": f"{NSIS}Substantial"}, Assurance.SUBSTANTIAL),
        ({"loa": f"{NSIS}High", "ial": f"{NSIS}High", "aal": f"{NSIS}High"}, Assurance.HIGH),
        ({"mitid_loa": "SUBSTANTIAL"}, Assurance.SUBSTANTIAL),
        ({"mitid.loa": "HIGH", "mitid.aal": "LOW"}, Assurance.LOW),
        ({"loa": "HIGH", "aal": "VERY HIGH"}, None),
        ({"loa": "HIGH", "ial": None}, None),
        ({"loa": 3}, None),
        ({"loa": ["HIGH"]}, None),
        ({"loa": "https://thief.example/nsis/High"}, None),
        ({"loa": ""}, None),
        ({}, None),
        ({"acr": f"{NSIS}High"}, Assurance.HIGH),
        ({"acr": f"{NSIS}High", "loa": "LOW"}, Assurance.LOW),
    ],
)
async def test_how_strong_a_login_with_mitid_was(levels: dict[str, Any], assurance: Assurance | None) -> None:
    changes = {"loa": ABSENT, "ial": ABSENT, "aal": ABSENT, **levels}
    assert (await knowing(BROKER)(BROKER.token(NOW, **changes), NOW)).assurance is assurance


@pytest.mark.parametrize(
    ("value", "protected"),
    [
        (True, True),
        ("true", True),
        ("True", True),
        (False, False),
        ("false", False),
        (ABSENT, None),
        (None, None),
        ("", True),
        ("ja", True),
        (1, True),
        (0, True),
        ([], True),
        ({"protected": False}, True),
    ],
)
async def test_a_protected_name_and_address(value: Any, protected: bool | None) -> None:
    """What can't be read counts as protected: somebody may be in hiding."""
    changes = {"mitid_name_and_address_protection": value}
    assert (await knowing(BROKER)(BROKER.token(NOW, **changes), NOW)).address_protected is protected


async def test_another_brokers_word_for_it() -> None:
    verify = knowing(BROKER, address_protection_claim="protected")
    found = await verify(BROKER.token(NOW, protected="true", mitid_name_and_address_protection=False), NOW)
    assert found.address_protected is True


async def test_an_issuer_that_nothing_is_known_of() -> None:
    """Discovery and one line of settings: its words mean what the settings say."""
    found = await knowing(ANY, acr={"two": Assurance.SUBSTANTIAL})(ANY.token(NOW), NOW)
    assert (found.subject, found.assurance, found.address_protected) == ("per-1", Assurance.SUBSTANTIAL, None)
    found = await knowing(ANY)(ANY.token(NOW, mitid_name_and_address_protection=True), NOW)
    assert (found.assurance, found.address_protected) == (None, None)


async def test_its_systems_act_for_nobody_that_we_know() -> None:
    """`consumer` is Maskinporten's word: from anybody else it is no organisation's."""
    found = await knowing(ANY)(ANY.token(NOW, sub=ABSENT, consumer={"authority": "x", "ID": "0192:1"}), NOW)
    assert (found.is_system, found.consumer, found.supplier) == (True, None, None)
