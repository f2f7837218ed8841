"""An issuer that is known by its name alone, and everything that can be the matter with it (A3, A4)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from app.adapters.identity.discovery import DiscoveredKeys
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.metadata import OAUTH, OPENID, metadata_uri
from app.domain.shared.errors import Busy, Unauthenticated
from tests.adapters.identity.profiles.known import NOW, config_of
from tests.support.fake_issuer import FakeIssuer, Trouble, b64, rsa_key

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
METADATA, KEYS = "/.well-known/openid-configuration", "/jwks"


@pytest.fixture
def issuer() -> FakeIssuer:
    return FakeIssuer()


@pytest.fixture
async def keys(issuer: FakeIssuer) -> AsyncIterator[DiscoveredKeys]:
    async with issuer.client() as client:
        yield DiscoveredKeys(client, issuer.issuer)


@pytest.fixture
def verify(issuer: FakeIssuer, keys: DiscoveredKeys) -> JoseTokenVerifier:
    return JoseTokenVerifier([(config_of(issuer), keys)])


@pytest.mark.parametrize(
    ("issuer", "document", "uri"),
    [
        ("https://idporten.no", OPENID, "https://idporten.no/.well-known/openid-configuration"),
        (
            "https://id.example/realms/x",
            OPENID,
            "https://id.example/realms/x/.well-known/openid-configuration",
        ),
        ("https://id.example/x/", OPENID, "https://id.example/x/.well-known/openid-configuration"),
        ("https://maskinporten.no/", OAUTH, "https://maskinporten.no/.well-known/oauth-authorization-server"),
        ("https://id.example/x", OAUTH, "https://id.example/.well-known/oauth-authorization-server/x"),
    ],
)
def test_where_metadata_stand(issuer: str, document: str, uri: str) -> None:
    assert metadata_uri(issuer, document) == uri


@pytest.mark.parametrize(
    "issuer",
    [
        "http://id.example",
        "https://id.example?x=1",
        "https://id.example#x",
        "https://me:secret@id.example",
        "id.example",
        "file:///etc",
        "",
    ],
)
async def test_names_that_nobody_is_asked_at(issuer: str) -> None:
    async with httpx.AsyncClient() as client:
        with pytest.raises(ValueError):
            DiscoveredKeys(client, issuer)


async def test_a_name_is_enough(issuer: FakeIssuer, verify: JoseTokenVerifier) -> None:
    for minutes in range(0, 24 * 60, 10):
        now = NOW + minutes * MINUTE
        await verify(issuer.token(now), now)
    assert issuer.asked == {METADATA: 1, KEYS: 1}


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble.DOWN,
        Trouble.HUGE,
        Trouble.REDIRECT,
        Trouble.WRONG_ISSUER,
        Trouble.KEYS_ELSEWHERE,
        Trouble.BROKEN,
    ],
)
async def test_trouble_at_the_start_is_busy_and_asked_about_once_a_minute(
    issuer: FakeIssuer, verify: JoseTokenVerifier, trouble: Trouble
) -> None:
    issuer.troubles = {trouble}
    for seconds in range(0, 60, 5):
        now = NOW + timedelta(seconds=seconds)
        with pytest.raises(Busy):
            await verify(issuer.token(now), now)
    assert issuer.asked == {METADATA: 1}
    issuer.troubles.clear()
    await verify(issuer.token(NOW + MINUTE), NOW + MINUTE)


@pytest.mark.parametrize("trouble", [each for each in Trouble if each is not Trouble.SLOW])
async def test_trouble_later_changes_nothing_for_a_day(
    issuer: FakeIssuer, verify: JoseTokenVerifier, trouble: Trouble
) -> None:
    """ASVS 16.5.2: the issuer is down for hours, and people go on; past a day of it, they can't be sure of us."""
    await verify(issuer.token(NOW), NOW)
    issuer.troubles = {trouble}
    for hours in range(1, 48):
        now = NOW + hours * HOUR
        await verify(issuer.token(now), now)
    if trouble not in (Trouble.WRONG_ISSUER, Trouble.KEYS_ELSEWHERE):  # the keys themselves are still there
        now = NOW + 48 * HOUR
        with pytest.raises(Busy):
            await verify(issuer.token(now), now)
    issuer.troubles.clear()
    now = NOW + 49 * HOUR
    await verify(issuer.token(now), now)


async def test_nobody_waits_for_more_than_the_time_that_is_set(
    issuer: FakeIssuer, verify: JoseTokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.adapters.identity.fetching.TIMEOUT_SECONDS", 0.05)
    issuer.troubles = {Trouble.SLOW}
    asked = [verify(issuer.token(NOW), NOW) for _ in range(20)]
    async with asyncio.timeout(1):
        answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Busy] * 20
    assert issuer.asked == {METADATA: 1}


async def test_ten_thousand_unknown_keys_are_one_question_a_minute(
    issuer: FakeIssuer, verify: JoseTokenVerifier
) -> None:
    """A3: whoever floods us with made-up key ids makes us a burden to nobody; good tokens go on meanwhile."""
    await verify(issuer.token(NOW), NOW)
    honest = issuer.token(NOW, iat=int(NOW.timestamp()), exp=int(NOW.timestamp()) + 3600)
    _, body, signature = honest.split(".")
    issuer.asked.clear()
    for number in range(10_000):
        now = NOW + timedelta(minutes=1, milliseconds=60 * number)  # ten minutes of it
        head = b64(f'{{"alg": "RS256", "typ": "at+jwt", "kid": "kid-{number}"}}'.encode())
        with pytest.raises(Unauthenticated):
            await verify(f"{head}.{body}.{signature}", now)
        if number % 1000 == 0:
            await verify(honest, now)
    assert issuer.asked[METADATA] == 0
    assert issuer.asked[KEYS] <= 10


async def test_keys_are_rotated_without_anybody_noticing(
    issuer: FakeIssuer, verify: JoseTokenVerifier
) -> None:
    """A3: a new key is learnt of by one question, and old tokens go on until they end or their key is withdrawn."""
    old = issuer.token(NOW)
    await verify(old, NOW)
    issuer.rotate("second")
    later = NOW + 2 * MINUTE
    await asyncio.gather(*(verify(issuer.token(later), later) for _ in range(50)))
    assert issuer.asked == {METADATA: 1, KEYS: 2}
    await verify(old, later)
    issuer.rotate("third", keep_old=False)
    later = NOW + 4 * MINUTE
    await verify(issuer.token(later), later)
    with pytest.raises(Unauthenticated):
        await verify(old, later)


async def test_keys_that_move_are_followed(issuer: FakeIssuer, verify: JoseTokenVerifier) -> None:
    """The old place serves until the new one has answered; then it is forgotten."""
    await verify(issuer.token(NOW), NOW)
    moved = f"{issuer.issuer}/elsewhere"
    metadata = issuer._metadata
    issuer._metadata = lambda: metadata() | {"jwks_uri": moved}  # type: ignore[method-assign]
    now = NOW + 25 * HOUR
    await verify(issuer.token(now), now)  # 404 there: nothing to be had yet
    assert issuer.asked["/elsewhere"] == 1
    issuer._metadata = lambda: metadata() | {"jwks_uri": f"{moved}/jwks"}  # type: ignore[method-assign]
    issuer.keys = [rsa_key("moved")]
    now = NOW + 50 * HOUR
    await verify(issuer.token(now), now)
    assert issuer.asked["/elsewhere/jwks"] == 1


async def test_an_unchanged_place_keeps_its_keys(issuer: FakeIssuer, verify: JoseTokenVerifier) -> None:
    for days in range(4):
        now = NOW + days * 25 * HOUR
        await verify(issuer.token(now), now)
    assert issuer.asked == {METADATA: 4, KEYS: 4}
