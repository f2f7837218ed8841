"""The development issuer: its tokens are good, its faults are real, and it can't be had in production (A8)."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.adapters.identity.dev_issuer import MAX_LIFETIME, DevIssuer, DevIssuerRefused, Fault
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.jwks import JwksCache
from app.domain.shared.errors import TokenExpired, Unauthenticated
from tests.adapters.identity.forge import NOW

URL, AUDIENCE = "http://127.0.0.1:8000/dev-issuer", "http://127.0.0.1:8000"


def dev_issuer(data_dir: Path, *, environment: str = "test", bind_host: str = "127.0.0.1") -> DevIssuer:
    return DevIssuer(data_dir, URL, AUDIENCE, environment=environment, bind_host=bind_host)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("identity") / "data"


@pytest.fixture
def issuer(data_dir: Path) -> DevIssuer:
    return dev_issuer(data_dir)


@pytest.fixture
def verify(issuer: DevIssuer) -> JoseTokenVerifier:
    return JoseTokenVerifier([(issuer.config(), issuer.keys())])


async def test_its_tokens_are_good(issuer: DevIssuer, verify: JoseTokenVerifier) -> None:
    good = issuer.mint(
        "kari", now=NOW, client_id="web", scopes=["b", "a"], acr="high", lifetime=timedelta(minutes=5)
    )
    verified = await verify(good, NOW)
    assert (verified.issuer, verified.subject, verified.client_id) == (URL, "kari", "web")
    assert (verified.scopes, verified.acr, verified.is_system) == (frozenset({"a", "b"}), "high", False)
    assert verified.expires_at == NOW + timedelta(minutes=5)


async def test_a_system_speaks_for_itself(issuer: DevIssuer, verify: JoseTokenVerifier) -> None:
    assert (await verify(issuer.mint("centre", now=NOW, client_id="centre"), NOW)).is_system


async def test_the_longest_life_is_accepted(issuer: DevIssuer, verify: JoseTokenVerifier) -> None:
    await verify(issuer.mint("kari", now=NOW, lifetime=MAX_LIFETIME), NOW)
    for lifetime in (timedelta(0), MAX_LIFETIME + timedelta(seconds=1)):
        with pytest.raises(ValueError):
            issuer.mint("kari", now=NOW, lifetime=lifetime)


@pytest.mark.parametrize("fault", Fault)
async def test_every_fault_is_refused(fault: Fault, issuer: DevIssuer, verify: JoseTokenVerifier) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await verify(issuer.mint("kari", now=NOW, faults=[fault]), NOW)
    assert isinstance(refused.value, TokenExpired) == (fault is Fault.EXPIRED)


def test_all_faults_at_once(issuer: DevIssuer) -> None:
    assert issuer.mint("kari", now=NOW, faults=list(Fault)).count(".") == 2


async def test_rotation_keeps_the_old_key_until_its_last_token_has_expired(tmp_path: Path) -> None:
    issuer = dev_issuer(tmp_path)
    verify = JoseTokenVerifier([(issuer.config(), issuer.keys())])
    old = issuer.mint("kari", now=NOW, lifetime=MAX_LIFETIME)
    kid = issuer.rotate(NOW)
    new = issuer.mint("kari", now=NOW)
    assert kids(issuer.jwks(NOW))[0] == kid
    assert len(kids(issuer.jwks(NOW))) == 2
    await verify(new, NOW)
    await verify(old, NOW + MAX_LIFETIME)
    with pytest.raises(TokenExpired):
        await verify(old, NOW + MAX_LIFETIME + timedelta(seconds=30))
    assert kids(issuer.jwks(NOW + MAX_LIFETIME + timedelta(minutes=1))) == [kid]
    issuer.rotate(NOW + 2 * MAX_LIFETIME)
    assert len(json.loads((tmp_path / "dev-issuer-keys.json").read_text())) == 2


def kids(document: dict[str, object]) -> list[str]:
    keys = document["keys"]
    assert isinstance(keys, list)
    return [key["kid"] for key in keys]


async def test_it_can_be_asked_over_http(issuer: DevIssuer) -> None:
    discovery = issuer.discovery()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=issuer.jwks(NOW)))
    keys = JwksCache(httpx.AsyncClient(transport=transport), str(discovery["jwks_uri"]), development=True)
    verify = JoseTokenVerifier([(issuer.config(), keys)])
    assert (await verify(issuer.mint("kari", now=NOW), NOW)).subject == "kari"
    assert discovery["issuer"] == URL


def test_nothing_private_is_published(issuer: DevIssuer) -> None:
    for key in issuer.jwks(NOW)["keys"]:  # type: ignore[attr-defined]
        assert key.keys() == {"kty", "use", "alg", "kid", "n", "e"}


async def test_the_key_survives_a_restart_and_is_shared(tmp_path: Path) -> None:
    first, second = dev_issuer(tmp_path), dev_issuer(tmp_path)
    assert first.jwks(NOW) == second.jwks(NOW)
    first.rotate(NOW)
    assert first.jwks(NOW) == second.jwks(NOW)
    verify = JoseTokenVerifier([(second.config(), second.keys())])
    await verify(first.mint("kari", now=NOW), NOW)


def test_only_the_owner_can_read_the_keys(tmp_path: Path) -> None:
    issuer = dev_issuer(tmp_path / "data")
    issuer.rotate(NOW)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    files = list((tmp_path / "data").iterdir())
    assert {file.name for file in files} == {"dev-issuer-keys.json", "dev-issuer-keys.lock"}
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)


@pytest.mark.parametrize("environment", ["production", "Production", "prod", "staging", "", "developmentt"])
def test_never_in_production(tmp_path: Path, environment: str) -> None:
    with pytest.raises(DevIssuerRefused):
        dev_issuer(tmp_path / "data", environment=environment)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.5", "example.no", "", "127.0.0.1.example.no", "1"]
)
def test_never_for_the_world(tmp_path: Path, host: str) -> None:
    with pytest.raises(DevIssuerRefused):
        dev_issuer(tmp_path / "data", bind_host=host)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_for_this_machine(data_dir: Path, host: str) -> None:
    assert dev_issuer(data_dir, environment="development", bind_host=host).discovery()["issuer"] == URL
