"""Settings that can't be meant are refused at the start, with what to do about it."""

import json

import pytest
from pydantic import SecretStr, ValidationError

from app.bootstrap.identity import believed_issuers
from app.cli import main
from app.domain.shared.assurance import Assurance
from app.settings import IssuerSettings, Settings

ISSUER = {"issuer": "https://id.example.no", "audience": "verksted", "jwks_uri": "https://id.example.no/jwks"}


@pytest.fixture(autouse=True)
def own_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of the other tests stays where it is."""
    monkeypatch.setattr("app.cli.set_up_logging", lambda: None)


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_an_issuer_has_to_say_how_strong_its_logins_are(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither is anybody's password taken for strong, nor does an administrator find out when it is too late."""
    monkeypatch.setenv("VERKSTED_ISSUERS", json.dumps([ISSUER]))
    assert main([command]) == 1
    said = capsys.readouterr().err
    assert "VERKSTED_ISSUERS_0" in said
    assert "`acr`" in said
    assert "`without_acr`" in said


@pytest.mark.parametrize("wrong", [{"acr": {"x": "strong"}}, {"without_acr": "none"}, {"without_acr": ""}])
def test_levels_have_three_names(
    wrong: dict[str, object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERKSTED_ISSUERS", json.dumps([ISSUER | wrong]))
    assert main(["serve"]) == 1
    assert "VERKSTED_ISSUERS_0" in capsys.readouterr().err


MASKINPORTEN = {"issuer": "https://maskinporten.no/", "audience": "verksted", "profile": "maskinporten"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://maskinporten.no/"},
        {"issuer": "https://maskinporten.no/?x=1"},
        {"issuer": "maskinporten"},
        {"jwks_uri": "http://maskinporten.no/jwk"},
        {"audience": "unspecified"},
        {"audience": ""},
        {"algorithms": ["HS256"]},
        {"algorithms": ["none"]},
        {"algorithms": []},
        {"typ": ["jwt"]},
        {"profile": "id-porten", "delegation_sources": ["https://www.altinn.no"]},
        {"acr": {"two words": "high"}},
    ],
)
def test_settings_can_not_undo_the_rules(
    wrong: dict[str, object],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The server says which issuer it is about and doesn't start."""
    monkeypatch.setattr("app.cli.require_free_port", lambda settings: None)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere/x")
    monkeypatch.setenv("VERKSTED_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("VERKSTED_ENVIRONMENT", "production")
    monkeypatch.setenv("VERKSTED_SECRET", "s" * 32)
    monkeypatch.setenv("VERKSTED_ISSUERS", json.dumps([MASKINPORTEN | wrong]))
    assert main(["serve"]) == 1
    assert "VERKSTED_ISSUERS" in capsys.readouterr().err


def test_an_issuers_name_and_profile_are_enough() -> None:
    """What is usual for a profile needs no settings; what is set counts."""
    kinds = ("maskinporten", "id-porten", "helseid", "mitid-broker")
    given = [
        IssuerSettings(issuer=f"https://{kind}.example", audience="v", profile=kind)  # type: ignore[arg-type]
        for kind in kinds
    ]
    usual = dict(zip(kinds, believed_issuers(Settings(issuers=tuple(given))), strict=True))
    assert usual["maskinporten"].typ is None
    assert usual["maskinporten"].algorithms == {"RS256", "RS384", "RS512"}
    assert usual["id-porten"].acr["idporten-loa-high"] is Assurance.HIGH
    assert [kind for kind in kinds if usual[kind].profile.demands_proof] == ["helseid"]
    own = IssuerSettings(
        issuer="https://id.example",
        audience="v",
        profile="id-porten",
        algorithms=frozenset({"ES256"}),
        typ=None,
        acr={"x": "low"},
    )
    (config,) = believed_issuers(Settings(issuers=(own,)))
    assert (config.algorithms, config.typ, config.acr) == ({"ES256"}, None, {"x": Assurance.LOW})


def test_proofs_need_to_know_where_we_are() -> None:
    """HelseID's clients prove the address: without a public one, nobody could come in."""
    issuer = IssuerSettings(issuer="https://helseid.example", audience="v", profile="helseid")
    with pytest.raises(ValidationError, match="VERKSTED_PUBLIC_URL"):
        Settings(environment="production", secret=SecretStr("s" * 32), issuers=(issuer,))
    Settings(
        environment="production",
        secret=SecretStr("s" * 32),
        issuers=(issuer,),
        public_url="https://api.example",
    )


MAIL = {
    "VERKSTED_ENVIRONMENT": "production",
    "VERKSTED_SECRET": "a secret of more than thirty-two characters",
    "VERKSTED_PUBLIC_URL": "https://api.example",
    "VERKSTED_MAIL_HOST": "mail.example",
    "VERKSTED_MAIL_FROM": "Kvelden <post@mail.example>",
    "VERKSTED_MAIL_LINK": "https://app.example/messages/{id}",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"VERKSTED_MAIL_TLS": "none"},
        {"VERKSTED_MAIL_TLS": "maybe"},
        {"VERKSTED_MAIL_LINK": "http://app.example/{id}"},
        {"VERKSTED_MAIL_LINK": "https://app.example/"},
        {"VERKSTED_MAIL_LINK": None},
        {"VERKSTED_MAIL_FROM": None},
        {"VERKSTED_PUBLIC_URL": None},
        {"VERKSTED_PUBLIC_URL": "http://api.example"},
        {"VERKSTED_MAIL_LINKS": '{"019a8c3e-4d00-8a00-8000-2a7f5511aa00": "http://app.example/{id}"}'},
        {"VERKSTED_MAIL_LINKS": '{"somewhere": "https://app.example/{id}"}'},
    ],
)
def test_mails_go_sealed_and_from_somebody_in_production(
    wrong: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in MAIL.items():
        monkeypatch.setenv(name, value)
    assert Settings().mail_tls == "starttls"
    for name, changed in wrong.items():
        if changed is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, changed)
    with pytest.raises(ValidationError):
        Settings()
