"""What the edge does with every request, whatever the route."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from uuid import UUID

import httpx
import pytest
from starlette.responses import PlainTextResponse
from structlog.testing import capture_logs

from app.api.shared.access import AccessLog, Metrics

CANARY = "canary01017012345"
ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
THING = {"id": ID, "at": "2026-01-02T03:04:05+02:00"}


def is_problem(answer: httpx.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["vary"] == "Accept-Language, Authorization"
    problem = answer.json()
    assert problem["code"] == code
    assert problem["type"] == f"/problems/{code}"
    assert problem["status"] == status
    assert problem["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    assert CANARY not in answer.text


async def test_every_answer_has_an_id_and_the_safe_headers(client: httpx.AsyncClient) -> None:
    for path in ("/v1/things", "/nowhere", "/livez"):
        headers = (await client.get(path)).headers
        assert UUID(headers["x-request-id"]).version == 4
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers
    assert "strict-transport-security" in (await client.get("https://toy/livez")).headers


@pytest.mark.parametrize(("sent", "is_kept"), [(ID, True), (CANARY, False), ("{" + ID + "}", False)])
async def test_only_a_uuid_is_taken_over_as_request_id(
    client: httpx.AsyncClient, sent: str, is_kept: bool
) -> None:
    answer = await client.get("/v1/headers", headers={"X-Request-Id": sent})
    assert (answer.headers["x-request-id"] == sent) is is_kept
    assert (answer.headers["x-request-id"] == ID) is is_kept
    assert answer.json()["id"] == answer.headers["x-request-id"]


async def test_nobody_can_pose_as_a_proxy(client: httpx.AsyncClient) -> None:
    names = [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "Forwarded",
        "X-User",
        "X-User-Id",
        "X-Real-IP",
        "X-Remote-User",
    ]
    seen = (await client.get("/v1/headers", headers=dict.fromkeys(names, "1"))).json()["seen"].split()
    assert "host" in seen
    assert not {name.lower() for name in names} & set(seen)


async def test_405_names_every_method_of_the_path(client: httpx.AsyncClient) -> None:
    answer = await client.put("/v1/things", json={})
    is_problem(answer, 405, "shared.method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    answer = await client.patch(f"/v1/things/{ID}", json={})
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND"])
async def test_strange_methods_are_not_allowed(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/v1/things")
    is_problem(answer, 405, "shared.method_not_allowed")
    assert "TRACE" not in answer.headers["allow"]


async def test_trace_is_not_even_let_into_a_mounted_app(toy: SimpleNamespace) -> None:
    toy.app.mount("/files", PlainTextResponse("file"))
    assert await raw(toy, "GET", "/files/a") == (200, b"file")
    assert (await raw(toy, "TRACE", "/files/a"))[0] == 405


async def test_options_tells_what_there_is(client: httpx.AsyncClient) -> None:
    answer = await client.options("/v1/things")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    is_problem(await client.options("/nowhere"), 404, "shared.route_not_found")


async def test_head_is_get_without_the_body(client: httpx.AsyncClient, toy: SimpleNamespace) -> None:
    assert await raw(toy, "HEAD", "/v1/things") == (200, b"")
    assert await raw(toy, "HEAD", "/nowhere") == (404, b"")
    got, head = await client.get("/v1/things"), await client.head("/v1/things")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"] != "0"
    refused = await client.head("/v1/things?limit=0")
    assert (refused.status_code, refused.content) == (422, b"")
    assert (await client.head("/v1/raise/missing")).status_code == 405


async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient) -> None:
    for path in ("/nowhere", "/v1/things/", f"/{CANARY}", "/v1"):
        is_problem(await client.get(path), 404, "shared.route_not_found")


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%", "q=%4", "q=%zz", "q=%ED%A0%80", "q=%FF", "q=%C3", "q=%C3%41", "q=a%F0%9F%98", "%00=1"],
)
async def test_a_query_that_cannot_be_read_is_malformed(toy: SimpleNamespace, query: str) -> None:
    status, body = await raw(toy, "GET", "/v1/things", f"{query}&{CANARY}=1".encode())
    assert status == 400
    assert b"shared.malformed" in body
    assert CANARY.encode() not in body


@pytest.mark.parametrize("query", ["", "q=%C3%A6", "q=a+b", "q=%F0%9F%98%80", "q=100%25", "q=%e2%82%ac%2F"])
async def test_a_well_formed_query_passes(toy: SimpleNamespace, query: str) -> None:
    assert (await raw(toy, "GET", "/v1/things", query.encode()))[0] == 200


@pytest.mark.parametrize("path", ["/v1/things/\x00", "/v1/\ufffd"])
async def test_a_path_that_cannot_be_read_is_malformed(toy: SimpleNamespace, path: str) -> None:
    assert (await raw(toy, "GET", path))[0] == 400


async def test_raw_bytes_in_a_query_and_long_ones_are_refused(toy: SimpleNamespace) -> None:
    assert (await raw(toy, "GET", "/v1/things", b"q=\xff"))[0] == 400
    assert (await raw(toy, "GET", "/v1/things", b"q=" + b"a" * 5000))[0] == 414


@pytest.mark.parametrize("name", [b"authorization", b"content-type", b"idempotency-key"])
async def test_a_header_that_may_come_once_and_comes_twice_is_malformed(
    toy: SimpleNamespace, name: bytes
) -> None:
    assert (await raw(toy, "GET", "/v1/things", headers=[(name, b"a"), (name, b"b")]))[0] == 400
    assert (await raw(toy, "GET", "/v1/things", headers=[(name, b"a")]))[0] == 200


async def test_too_slow_a_use_case_ends_as_busy(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/slow")
    is_problem(answer, 503, "shared.busy")
    assert answer.headers["retry-after"] == "2"


async def test_a_body_that_never_comes_ends_as_too_slow(toy: SimpleNamespace) -> None:
    async def never() -> dict[str, object]:
        await asyncio.Event().wait()
        raise AssertionError

    headers = [(b"content-type", b"application/json"), (b"content-length", b"10")]
    status, body = await raw(toy, "POST", "/v1/things", headers=headers, receive=never)
    assert status == 408
    assert b"shared.too_slow" in body


async def test_a_caller_who_leaves_gets_no_answer(toy: SimpleNamespace) -> None:
    async def gone() -> dict[str, object]:
        return {"type": "http.disconnect"}

    headers = [(b"content-type", b"application/json"), (b"content-length", b"10")]
    with capture_logs() as lines:
        status, _ = await raw(toy, "POST", "/v1/things", headers=headers, receive=gone)
    assert status == 0
    assert [line["status"] for line in lines] == [499]


@pytest.mark.parametrize("what", ["surprise", "timeout"])
async def test_our_own_mistake_tells_nothing(client: httpx.AsyncClient, what: str) -> None:
    with capture_logs() as lines:
        is_problem(await client.post(f"/v1/raise/{what}"), 500, "shared.surprise")
    assert CANARY not in str(lines)
    noted = next(line for line in lines if line["event"] == "surprise")
    assert noted["error"] in ("RuntimeError", "TimeoutError")
    assert any("conftest" in frame for frame in noted["at"])


async def test_a_mistake_in_the_middle_of_an_answer_cuts_it(toy: SimpleNamespace) -> None:
    with capture_logs() as lines:
        status, body = await raw(toy, "GET", "/v1/broken")
    assert (status, body) == (200, b"one")
    assert {line["event"] for line in lines} == {"surprise", "request"}
    assert CANARY not in str(lines)


@pytest.mark.hazard("P-h7")
async def test_the_log_names_the_route_and_nobody(client: httpx.AsyncClient) -> None:
    with capture_logs() as lines:
        await client.get(f"/v1/things/{ID}?q={CANARY}", headers={"Authorization": f"Bearer {CANARY}"})
        await client.get(f"/{CANARY}")
        await client.request("CANARY", "/v1/things")
        await client.get("/livez")
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in requests] == [
        ("GET", "/v1/things/{thing_id}", 200),
        ("GET", "unmatched", 404),
        ("other", "/v1/things", 405),
    ]
    assert set(requests[0]) == {
        "event",
        "log_level",
        "request_id",
        "method",
        "route",
        "status",
        "duration_ms",
    }
    assert "canary" not in str(lines).lower()
    assert ID not in str(lines)


async def test_reads_that_went_well_may_be_sampled(toy: SimpleNamespace) -> None:
    log = AccessLog(Metrics(type(toy.registry)()), reads_one_in=10)
    with capture_logs() as lines:
        for _ in range(20):
            log.note(ID, "GET", "/a", 200, 0.1)
        log.note(ID, "GET", "/a", 404, 0.1)
        log.note(ID, "POST", "/a", 201, 0.1)
    assert [(line["method"], line["status"]) for line in lines] == [
        ("GET", 200), ("GET", 200), ("GET", 404), ("POST", 201)
    ]  # fmt: skip


async def test_requests_are_counted_by_template(client: httpx.AsyncClient, toy: SimpleNamespace) -> None:
    await client.get(f"/v1/things/{ID}")
    await client.get("/v1/things/nonsense")
    text = (await client.get("/metrics")).text
    assert 'verksted_http_requests_total{method="GET",route="/v1/things/{thing_id}",status="2xx"} 1.0' in text
    assert (
        'verksted_http_request_seconds_count{method="GET",route="/v1/things/{thing_id}",status="4xx"} 1.0'
        in text
    )
    assert ID not in text


async def test_a_process_that_leaves_still_serves_and_lets_go(
    client: httpx.AsyncClient, toy: SimpleNamespace
) -> None:
    assert "connection" not in (await client.get("/v1/things")).headers
    toy.drain.begin()
    answer = await client.get("/v1/things")
    assert (answer.status_code, answer.headers["connection"]) == (200, "close")


async def raw(
    toy: SimpleNamespace,
    method: str,
    path: str,
    query: bytes = b"",
    headers: list[tuple[bytes, bytes]] | None = None,
    receive: object = None,
) -> tuple[int, bytes]:
    """Ask the app directly, as a client library would never let us; (0, b"") where no answer came."""
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    said: list[dict[str, object]] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def nothing() -> dict[str, object]:
        if not said:
            await asyncio.Event().wait()
        return said.pop()

    scope = {
        "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode("utf-8"),
        "query_string": query, "headers": headers or [], "scheme": "http", "server": ("toy", 80), "root_path": "",
    }  # fmt: skip
    await toy.app(scope, receive or nothing, send)
    status = next((message["status"] for message in sent if message["type"] == "http.response.start"), 0)
    assert isinstance(status, int)
    body = b"".join(
        m["body"] for m in sent if m["type"] == "http.response.body" and isinstance(m["body"], bytes)
    )
    return status, body


async def test_bodies_up_to_the_limit_pass_and_beyond_it_do_not(client: httpx.AsyncClient) -> None:
    async def parts(size: int) -> AsyncIterator[bytes]:
        for _ in range(size // 1024):
            yield b" " * 1024

    limit = 256 * 1024
    is_problem(
        await client.post("/v1/things", content=b" " * (limit + 1), headers=JSON), 413, "shared.too_large"
    )
    is_problem(
        await client.post("/v1/things", content=parts(limit + 1024), headers=JSON), 413, "shared.too_large"
    )
    is_problem(await client.post("/v1/things", content=parts(limit), headers=JSON), 400, "shared.malformed")
    huge = await client.post("/v1/raise/conflict", content=b"x" * (limit + 1))
    is_problem(huge, 413, "shared.too_large")
    assert (await client.post("/v1/things", json=THING)).status_code == 201


async def test_what_is_announced_as_too_much_is_not_even_read(toy: SimpleNamespace) -> None:
    async def never() -> dict[str, object]:
        raise AssertionError("it was read")

    headers = [(b"content-type", b"application/json"), (b"content-length", b"262145")]
    assert (await raw(toy, "POST", "/v1/things", headers=headers, receive=never))[0] == 413


async def test_reading_stops_where_it_becomes_too_much(toy: SimpleNamespace) -> None:
    taken: list[int] = []

    async def more() -> dict[str, object]:
        taken.append(1)
        return {"type": "http.request", "body": b" " * 1024, "more_body": len(taken) < 2000}

    headers = [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    assert (await raw(toy, "POST", "/v1/things", headers=headers, receive=more))[0] == 413
    assert len(taken) == 257


async def test_too_much_in_one_piece_that_nobody_has_announced(toy: SimpleNamespace) -> None:
    async def whole() -> dict[str, object]:
        return {"type": "http.request", "body": b" " * (256 * 1024 + 1), "more_body": False}

    headers = [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    assert (await raw(toy, "POST", "/v1/things", headers=headers, receive=whole))[0] == 413


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "kind",
    [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/jsonx", "application/json; charset=latin-1", "text/json", "application/xml"],
)  # fmt: skip
async def test_other_content_is_not_read(client: httpx.AsyncClient, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}
    answer = await client.post("/v1/things", content=CANARY.encode(), headers=headers)
    is_problem(answer, 415, "shared.unsupported_media_type")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
async def test_json_is_read(client: httpx.AsyncClient, kind: str) -> None:
    content = f'{{"id": "{ID}", "at": "2026-01-02T03:04:05Z"}}'
    answer = await client.post("/v1/things", content=content, headers={"content-type": kind})
    assert answer.status_code == 201


async def test_a_path_that_judges_for_itself_is_left_alone(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/raise/conflict", content=b"NaN", headers={"content-type": "text/plain"})
    assert answer.json()["code"] == "toy.conflict"
