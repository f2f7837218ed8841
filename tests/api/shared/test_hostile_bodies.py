"""Whatever is sent: a 4xx problem, and not a word of it comes back (R2, R3, R5, R6)."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CANARY = "canary01017012345"
THING: dict[str, Any] = {"id": "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c", "at": "2026-01-02T03:04:05+02:00"}
JSON = {"content-type": "application/json"}

UNREADABLE = {
    "NaN": b'{"share": NaN}',
    "infinity": b'{"share": 1e999}',
    "surrogate": b'{"id": "\\ud800"}',
    "NUL": b'{"id": "\\u0000"}',
    "huge number": b'{"count": 99999999999999999999}',
    "twice": b'{"id": 1, "id": 2}',
    "deep": b'{"inner": ' + b"[" * 1000 + b"]" * 1000 + b"}",
    "broken": b'{"id": "' + CANARY.encode(),
    "latin-1": b'"\xe5"',
    "BOM": b"\xef\xbb\xbf{}",
}

WRONG: dict[str, tuple[object, str, str]] = {
    "unknown member": ({**THING, CANARY: 1}, "", "unknown_member"),
    "unknown member, inside": ({**THING, "inner": [{"name": "a", CANARY: 1}]}, "/inner/0", "unknown_member"),
    "bool as number": ({**THING, "count": True}, "/count", "wrong_type"),
    "bool as float": ({**THING, "share": True}, "/share", "wrong_type"),
    "string as number": ({**THING, "count": "1"}, "/count", "wrong_type"),
    "float as number": ({**THING, "count": 1.5}, "/count", "wrong_type"),
    "out of range": ({**THING, "count": 11}, "/count", "out_of_range"),
    "not a UUID": ({**THING, "id": CANARY}, "/id", "malformed"),
    "UUID in another spelling": ({**THING, "id": "{" + THING["id"] + "}"}, "/id", "malformed"),
    "no offset": ({**THING, "at": "2026-01-02T03:04:05"}, "/at", "malformed"),
    "seconds since 1970": ({**THING, "at": 1767323045}, "/at", "malformed"),
    "year 9999": ({**THING, "at": "9999-12-31T23:59:59-14:00"}, "/at", "malformed"),
    "year 2500": ({**THING, "at": "2500-01-01T00:00:00Z"}, "/at", "out_of_range"),
    "missing": ({"id": THING["id"]}, "/at", "missing"),
    "null": ({**THING, "id": None}, "/id", "malformed"),
    "not a choice": ({**THING, "colour": CANARY}, "/colour", "not_allowed"),
    "two lines": ({**THING, "inner": [{"name": f"{CANARY}\n"}]}, "/inner/0/name", "malformed"),
    "empty line": ({**THING, "inner": [{"name": ""}]}, "/inner/0/name", "too_short"),
    "too long": ({**THING, "inner": [{"name": "a", "note": CANARY * 10}]}, "/inner/0/note", "too_long"),
    "a free key like a name": ({**THING, "flags": {"annasolberg": 1}}, "/flags/*", "wrong_type"),
    "a name with a number": (
        {**THING, "inner": [{"name": "a", "sha256": 1}]},
        "/inner/0/sha256",
        "wrong_type",
    ),
    "a free key": ({**THING, "flags": {CANARY: 1}}, "/flags/*", "wrong_type"),
    "a list": ([CANARY], "", "wrong_type"),
    "a string": (CANARY, "", "wrong_type"),
    "a number": (1, "", "wrong_type"),
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_is_400(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/v1/things", content=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["code"] == "shared.malformed"
    assert CANARY not in answer.text


@pytest.mark.parametrize(("content", "pointer", "code"), WRONG.values(), ids=WRONG)
async def test_what_cannot_be_meant_is_422_and_shows_the_place(
    client: httpx.AsyncClient, content: object, pointer: str, code: str
) -> None:
    answer = await client.post("/v1/things", content=json.dumps(content), headers=JSON)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "shared.invalid"
    assert {"pointer": pointer, "where": "body", "code": code} in [
        {name: item[name] for name in ("pointer", "where", "code")} for item in problem["errors"]
    ]
    assert CANARY not in answer.text


async def test_no_body_at_all_is_422(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/things")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "missing")


async def test_the_good_one_passes(client: httpx.AsyncClient) -> None:
    content = {
        **THING,
        "count": 3,
        "share": 0.25,
        "colour": "red",
        "inner": [{"name": "Åse", "note": "a\nb"}],
    }
    answer = await client.post("/v1/things", json=content, headers={"accept-language": "nn"})
    assert answer.status_code == 201
    assert answer.json() == {"id": THING["id"], "at": "2026-01-02T01:04:05+00:00", "language": "nn"}
    assert answer.headers["content-language"] == "nn"


@pytest.mark.parametrize(
    "limit", ["0", "-1", "101", "1000000000", "1.0", "1_0", " 1", "true", "", "9" * 400, "٣"]
)
async def test_a_limit_out_of_bounds_is_422(client: httpx.AsyncClient, limit: str) -> None:
    answer = await client.get("/v1/things", params={"limit": limit})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/limit"
    assert answer.json()["errors"][0]["where"] == "query"


@pytest.mark.parametrize("limit", ["1", "100"])
async def test_a_limit_within_bounds_passes(client: httpx.AsyncClient, limit: str) -> None:
    assert (await client.get("/v1/things", params={"limit": limit})).json() == {"limit": int(limit)}


async def test_at_most_twenty_places_are_shown(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/things", json={**THING, "inner": [{}] * 200})
    assert len(answer.json()["errors"]) == 20


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from([*THING, "count", "inner", "x"]) | st.text(), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_anything, is_near=st.booleans())
async def test_nothing_makes_a_5xx(client: httpx.AsyncClient, content: object, is_near: bool) -> None:
    if is_near and isinstance(content, dict):
        content = {**THING, **content}
    answer = await client.post("/v1/things", content=json.dumps(content), headers=JSON)
    assert answer.status_code in (201, 400, 422)
