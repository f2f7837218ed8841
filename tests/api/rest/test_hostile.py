"""Every operation that takes something, against everything that it shouldn't take (R1, R2, R3, R5, R6)."""

from collections import Counter
from collections.abc import Callable
from enum import Enum
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from app.api.rest.examples import BODIES
from app.api.shared.operations import ALL, Operation
from tests.support.hostile import BAD_IDS, CANARY, UNREADABLE, as_json, wrong_bodies
from tests.support.world import World

ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
CHOICES = {
    name: str(next(iter(kind)).value) if isinstance(kind, type) and issubclass(kind, Enum) else "A-01"
    for operation in ALL
    for name, kind in operation.path_types.items()
}
WITH_BODY = [operation for operation in ALL if operation.takes is not None]
WITH_PATH = [operation for operation in ALL if operation.path_names]
CASES: Counter[str] = Counter()


@pytest.fixture
async def headers(world: World, token: Callable[[str], str]) -> dict[str, str]:
    """Somebody who may do nearly everything."""
    assert world.administrator.subject is not None
    return {
        "Authorization": f"Bearer {token(world.administrator.subject)}",
        "Content-Type": "application/json",
        "If-Match": "*",
    }


@pytest.fixture(scope="module", autouse=True)
def count() -> Any:
    """Tell at the end how many cases there were."""
    yield
    print(f"\nhostile cases: {CASES.total()} ({dict(CASES)})")


def url_of(operation: Operation, value: str = ID) -> str:
    """The address, with this for every id."""
    return operation.path.format(**{name: CHOICES.get(name, value) for name in operation.path_names})


def refused(answer: httpx.Response, case: str, *statuses: int) -> None:
    """A 4xx that is a problem document, and in which nothing of what was sent comes back."""
    CASES["REST"] += 1
    assert 400 <= answer.status_code < 500, (case, answer.status_code, answer.text)
    assert not statuses or answer.status_code in statuses, (case, answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json", case
    assert answer.headers["cache-control"] == "no-store", case
    problem = answer.json()
    assert problem["status"] == answer.status_code, case
    assert problem["type"] == f"/problems/{problem['code']}", case
    assert problem["title"], case
    assert problem["next"], case
    said = answer.text + repr(answer.headers.raw)
    for trace in (CANARY, "Traceback", "asyncpg", "pydantic", "SELECT", "Exception"):
        assert trace not in said, (case, trace)


async def send(
    http: httpx.AsyncClient, operation: Operation, headers: dict[str, str], body: bytes, **more: str
) -> httpx.Response:
    """The operation with these bytes as its body."""
    return await http.request(operation.method, url_of(operation), content=body, headers={**headers, **more})


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.name)
async def test_bytes_that_are_no_json(
    http: httpx.AsyncClient, headers: dict[str, str], operation: Operation
) -> None:
    for name, body in UNREADABLE.items():
        refused(await send(http, operation, headers, body), name, 400)


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.name)
async def test_values_that_cannot_be_meant(
    http: httpx.AsyncClient, headers: dict[str, str], operation: Operation
) -> None:
    assert operation.takes is not None
    good = BODIES[operation.takes.__name__]
    cases = list(wrong_bodies(good))
    assert len(cases) > 10
    for name, body in cases:
        refused(await send(http, operation, headers, as_json(body)), name, 422)
    for name, info in operation.takes.model_fields.items():
        if info.is_required():
            rest = {other: value for other, value in good.items() if other != name}
            refused(await send(http, operation, headers, as_json(rest)), f"no {name}", 422)
            null = as_json({**good, name: None})
            refused(await send(http, operation, headers, null), f"null as {name}", 422)


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.name)
async def test_other_types_and_sizes(
    http: httpx.AsyncClient, headers: dict[str, str], operation: Operation
) -> None:
    assert operation.takes is not None
    good = as_json(BODIES[operation.takes.__name__])
    for kind in (
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/xml",
        CANARY,
        "",
    ):
        refused(await send(http, operation, headers, good, **{"Content-Type": kind}), kind, 415)
    refused(await send(http, operation, headers, b" " * (256 * 1024 + 1)), "257 kB", 413)
    if not operation.body_optional:
        refused(await send(http, operation, headers, b""), "nothing at all", 422)


@pytest.mark.parametrize("operation", WITH_PATH, ids=lambda operation: operation.name)
async def test_ids_that_are_none(
    http: httpx.AsyncClient, headers: dict[str, str], operation: Operation
) -> None:
    body = as_json(BODIES[operation.takes.__name__]) if operation.takes is not None else None
    if not set(operation.path_names) - CHOICES.keys() and operation.path_names != ["country"]:
        return  # no id in it; what a choice may be is the document's own test
    for bad in BAD_IDS:
        value = bad if "%" in bad else quote(bad, safe="")
        is_choice = operation.path_names == ["country"]
        url = operation.path.format(country=value) if is_choice else url_of(operation, value)
        answer = await http.request(operation.method, url, content=body, headers=headers)
        refused(answer, bad, 400, 404, 422)


NONSENSE: dict[str, list[bytes]] = {
    "Authorization": [
        b"",
        b"Bearer",
        b"Bearer ",
        b"Bearer " + CANARY.encode(),
        b"Bearer a.b.c",
        b"Bearer " + b"a" * 9000,
        b"Basic " + CANARY.encode(),
        b"bearer \xff\xfe",
        b"Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
        CANARY.encode(),
    ],
    "Idempotency-Key": [b"", b'""', b'"', b"a b", CANARY.encode() * 20, b"\xe5", b"a\\b", b'"a'],
}


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
async def test_headers_that_make_no_sense(
    http: httpx.AsyncClient, headers: dict[str, str], operation: Operation
) -> None:
    body = as_json(BODIES[operation.takes.__name__]) if operation.takes is not None else None
    for name, values in NONSENSE.items():
        if name == "Idempotency-Key" and not operation.idempotent_by_key:
            continue
        expected = 401 if name == "Authorization" else 422
        for value in values:
            given = {key.encode(): text.encode() for key, text in headers.items()} | {name.encode(): value}
            answer = await http.request(operation.method, url_of(operation), content=body, headers=given)
            refused(answer, f"{name}: {value[:40]!r}", expected)
    if operation.read_before is not None:
        for tag in (CANARY, '"', f'"{CANARY}"', 'W/"x"', '"a", ' * 900, "\\"):
            answer = await http.request(
                operation.method, url_of(operation), content=body, headers={**headers, "If-Match": tag}
            )
            refused(answer, f"If-Match: {tag[:40]}", 404, 412, 403)


async def test_languages_that_make_no_sense_are_no_error(http: httpx.AsyncClient) -> None:
    for value in (b"", b"*", b"\xff", b"en;q=", b"en;q=-1", b"," * 5000, b"x" * 5000, CANARY.encode()):
        answer = await http.get("/v1/organisations", headers={b"Accept-Language": value})
        assert answer.status_code == 200, value
        assert answer.headers["content-language"] in {"nb", "en"}
        assert CANARY not in repr(answer.headers.raw)


async def test_queries_that_make_no_sense(http: httpx.AsyncClient) -> None:
    for query in (
        f"{CANARY}=1",
        "limit=NaN",
        f"cursor={CANARY}",
        f"country={CANARY}",
        "country=%ff",
        "country=%00",
        "%",
        "limit=" + "9" * 3000,
        "a" * 5000,
    ):
        refused(await http.get(f"/v1/organisations?{query}"), query[:40], 400, 414, 422)


async def test_addresses_that_make_no_sense(http: httpx.AsyncClient) -> None:
    for path in (f"/{CANARY}", "/v1", "/v1/", "/v1/groups", "/v2/me", "/v1/me/", "//v1/me", "/v1/%2e%2e/me"):
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
            refused(await http.request(method, path), f"{method} {path}", 404, 405)
