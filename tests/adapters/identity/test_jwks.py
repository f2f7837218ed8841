"""An issuer's keys: fetched seldom, kept long, and never from anywhere else (A3, A4)."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest

from app.adapters.identity.fetching import FRESH, MAX_BYTES, STALE
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.jwks import JwksCache
from app.domain.shared.errors import Busy, TokenExpired, Unauthenticated
from tests.adapters.identity.forge import CONFIG, NOW, SECONDS, b64, header, jwk, token

URI = "https://id.example.no/jwks"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
Answer = Callable[[httpx.Request], httpx.Response]


def document(*keys: dict[str, object]) -> bytes:
    return json.dumps({"keys": list(keys)}).encode()


@dataclass
class FakeIssuer:
    """An issuer that can rotate its keys, break down and misbehave; it remembers what it was asked."""

    keys: list[dict[str, object]] = field(default_factory=lambda: [jwk("ours")])
    is_down: bool = False
    answer: Answer | None = None
    gate: asyncio.Event | None = None
    requests: list[httpx.Request] = field(default_factory=list)
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.was_asked.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.is_down:
            raise httpx.ConnectError("nobody there")
        if self.answer is not None:
            return self.answer(request)
        return httpx.Response(200, content=document(*self.keys))

    def cache(self, uri: str = URI, *, development: bool = False) -> JwksCache:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self), follow_redirects=True)
        return JwksCache(client, uri, development=development)


@pytest.fixture
def issuer() -> FakeIssuer:
    return FakeIssuer()


@pytest.fixture
def keys(issuer: FakeIssuer) -> JwksCache:
    return issuer.cache()


async def test_one_fetch_for_a_whole_day(issuer: FakeIssuer, keys: JwksCache) -> None:
    for minutes in range(0, 24 * 60, 10):
        assert await keys.find("ours", NOW + minutes * MINUTE) == jwk("ours")
    assert len(issuer.requests) == 1
    assert await keys.find("ours", NOW + FRESH) == jwk("ours")
    assert len(issuer.requests) == 2


async def test_a_new_key_costs_one_fetch_and_the_old_one_stays_good(
    issuer: FakeIssuer, keys: JwksCache
) -> None:
    verify = JoseTokenVerifier([(CONFIG, keys)])
    await verify(token(), NOW)
    issuer.keys = [jwk("other"), jwk("ours")]
    later = NOW + 2 * MINUTE
    for _ in range(5):
        await verify(token("other", {"kid": "other"}), later)
        await verify(token(), later)
    assert len(issuer.requests) == 2
    with pytest.raises(TokenExpired):
        await verify(token(), NOW + timedelta(seconds=630))


async def test_a_withdrawn_key_is_gone_with_the_next_fetch(issuer: FakeIssuer, keys: JwksCache) -> None:
    verify = JoseTokenVerifier([(CONFIG, keys)])
    await verify(token(), NOW)
    issuer.keys = [jwk("other")]
    await verify(token("other", {"kid": "other"}), NOW + MINUTE)
    with pytest.raises(Unauthenticated):
        await verify(token(), NOW + MINUTE)


async def test_a_flood_of_unknown_ids_is_one_fetch_a_minute(issuer: FakeIssuer, keys: JwksCache) -> None:
    verify = JoseTokenVerifier([(CONFIG, keys)])
    await verify(token(), NOW)
    good = token()
    rest = good.split(".", 1)[1]
    for number in range(10_000):  # over 100 seconds
        forged = token_with_kid(f"bad-{number}", rest)
        with pytest.raises(Unauthenticated):
            await verify(forged, NOW + timedelta(milliseconds=10 * number))
    assert len(issuer.requests) == 2
    await verify(good, NOW + 2 * MINUTE)
    assert len(issuer.requests) == 2


def token_with_kid(kid: str, rest: str) -> str:
    return f"{b64(json.dumps(header(kid=kid)).encode())}.{rest}"


async def test_an_issuer_that_is_down_for_a_day_changes_nothing(issuer: FakeIssuer, keys: JwksCache) -> None:
    verify = JoseTokenVerifier([(CONFIG, keys)])
    await verify(token(), NOW)
    issuer.is_down = True
    for hours in range(1, 48):
        moment = SECONDS + hours * 3600
        await verify(token(iat=moment, exp=moment + 60), NOW + hours * HOUR)
    assert len(issuer.requests) == 1 + 24
    end = NOW + FRESH + STALE
    with pytest.raises(Busy):
        await keys.find("ours", end)
    issuer.is_down = False
    assert await keys.find("ours", end + MINUTE) == jwk("ours")


async def test_never_seen_and_down_is_busy(issuer: FakeIssuer, keys: JwksCache) -> None:
    issuer.is_down = True
    verify = JoseTokenVerifier([(CONFIG, keys)])
    for seconds in (0, 1, 59):
        with pytest.raises(Busy):
            await verify(token(), NOW + timedelta(seconds=seconds))
    assert len(issuer.requests) == 1
    issuer.is_down = False
    await verify(token(), NOW + MINUTE)


async def test_a_key_we_could_not_learn_of_is_busy_and_not_refused(
    issuer: FakeIssuer, keys: JwksCache
) -> None:
    await keys.find("ours", NOW)
    issuer.is_down = True
    for seconds in (60, 61):
        with pytest.raises(Busy):
            await keys.find("new", NOW + timedelta(seconds=seconds))
        assert await keys.find("ours", NOW + timedelta(seconds=seconds)) == jwk("ours")
    assert len(issuer.requests) == 2
    issuer.is_down = False
    assert await keys.find("new", NOW + 2 * MINUTE) is None


async def test_a_clock_that_is_set_back_does_not_silence_us(issuer: FakeIssuer, keys: JwksCache) -> None:
    await keys.find("ours", NOW)
    issuer.keys = [jwk("other")]
    assert await keys.find("other", NOW - HOUR) == jwk("other")


async def test_everyone_waits_for_the_same_fetch(issuer: FakeIssuer, keys: JwksCache) -> None:
    issuer.gate = asyncio.Event()
    waiting = [asyncio.create_task(keys.find(kid, NOW)) for kid in ["ours", "nobody"] * 50]
    await asyncio.sleep(0)
    waiting[0].cancel()  # the one who began hangs up; the others get their keys all the same
    issuer.gate.set()
    found = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert found[1:] == [None, *[jwk("ours"), None] * 49]
    assert len(issuer.requests) == 1


async def test_who_has_a_key_does_not_wait_for_a_slow_issuer(issuer: FakeIssuer, keys: JwksCache) -> None:
    await keys.find("ours", NOW)
    issuer.gate = asyncio.Event()
    issuer.was_asked.clear()
    later = NOW + FRESH + HOUR
    first = asyncio.create_task(keys.find("ours", later))
    await issuer.was_asked.wait()
    assert await keys.find("ours", later) == jwk("ours")
    assert not first.done()
    issuer.gate.set()
    assert await first == jwk("ours")


async def test_unchanged_keys_are_not_sent_again(issuer: FakeIssuer, keys: JwksCache) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == '"v1"':
            return httpx.Response(304)
        return httpx.Response(200, content=document(jwk("ours")), headers={"etag": '"v1"'})

    issuer.answer = answer
    await keys.find("ours", NOW)
    for days in (1, 2, 3):
        assert await keys.find("ours", NOW + days * FRESH) == jwk("ours")
        assert await keys.find("ours", NOW + days * FRESH + HOUR) == jwk("ours")
    assert [request.headers.get("if-none-match") for request in issuer.requests] == [None, *['"v1"'] * 3]


async def test_not_modified_is_no_answer_to_the_first_question(issuer: FakeIssuer, keys: JwksCache) -> None:
    issuer.answer = lambda _: httpx.Response(304)
    with pytest.raises(Busy):
        await keys.find("ours", NOW)


async def _too_much() -> AsyncIterator[bytes]:
    for _ in range(MAX_BYTES // 1024 + 1):
        yield b" " * 1024
    raise AssertionError("read on after 64 kB")


BAD_ANSWERS: dict[str, Answer] = {
    "redirect": lambda _: httpx.Response(302, headers={"location": "https://thief.example/jwks"}),
    "error": lambda _: httpx.Response(500, content=document(jwk("new"))),
    "created": lambda _: httpx.Response(201, content=document(jwk("new"))),
    "too large": lambda _: httpx.Response(200, content=_too_much()),
    "compressed": lambda _: httpx.Response(
        200,
        stream=httpx.ByteStream(gzip.compress(document(jwk("new")))),
        headers={"content-encoding": "gzip"},
    ),
    "not JSON": lambda _: httpx.Response(200, content=b"<html>"),
    "nested": lambda _: httpx.Response(200, content=b"[" * 60_000),
    "a list": lambda _: httpx.Response(200, content=b"[]"),
    "no keys": lambda _: httpx.Response(200, content=b'{"keys": {}}'),
    "keys twice": lambda _: httpx.Response(200, content=b'{"keys": [], "keys": []}'),
    "not UTF-8": lambda _: httpx.Response(200, content=b'{"keys": [], "\xff": 1}'),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
async def test_a_bad_answer_counts_as_none(name: str, issuer: FakeIssuer, keys: JwksCache) -> None:
    await keys.find("ours", NOW)
    issuer.answer = BAD_ANSWERS[name]
    with pytest.raises(Busy):
        await keys.find("new", NOW + MINUTE)
    assert await keys.find("ours", NOW + MINUTE) == jwk("ours")
    assert [str(request.url) for request in issuer.requests] == [URI, URI]
    assert issuer.requests[0].headers["accept-encoding"] == "identity"


async def test_an_answer_of_just_64_kilobytes_is_taken(issuer: FakeIssuer, keys: JwksCache) -> None:
    body = document(jwk("ours"))
    issuer.answer = lambda _: httpx.Response(200, content=body + b" " * (MAX_BYTES - len(body)))
    assert await keys.find("ours", NOW) == jwk("ours")


async def test_an_issuer_that_never_ends_is_left(
    issuer: FakeIssuer, keys: JwksCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.adapters.identity.fetching.TIMEOUT_SECONDS", 0.01)
    issuer.gate = asyncio.Event()
    with pytest.raises(Busy):
        await keys.find("ours", NOW)


@pytest.mark.parametrize(
    ("uri", "development"),
    [
        ("http://id.example.no/jwks", False),
        ("http://id.example.no/jwks", True),
        ("http://127.0.0.1/jwks", False),
        ("http://127.0.0.1.example.no/jwks", True),
        ("http://127.0.0.1@example.no/jwks", True),
        ("https://me:secret@id.example.no/jwks", False),
        ("file:///etc/passwd", True),
        ("ftp://127.0.0.1/jwks", True),
        ("https:///jwks", False),
        ("", True),
    ],
)
def test_addresses_that_keys_never_come_from(issuer: FakeIssuer, uri: str, development: bool) -> None:
    with pytest.raises(ValueError):
        issuer.cache(uri, development=development)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:9"])
async def test_plain_http_to_this_machine_in_development(issuer: FakeIssuer, host: str) -> None:
    keys = issuer.cache(f"http://{host}/jwks", development=True)
    assert await keys.find("ours", NOW) == jwk("ours")
