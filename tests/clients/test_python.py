"""The Python client: made from the snapshot, strict, and a municipality's nightly job lives by it (R22)."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.clients.conftest import ROOT, run
from tests.support.systems_world import let_in, machine
from tests.support.world import World

CLIENT = ROOT / "clients" / "python"
COURSE = {
    "own_id": "K-7",
    "title": "Living with pain",
    "first_day": "2026-09-01",
    "last_day": "2026-11-24",
    "form": "in_person",
    "area": "Fjordby",
    "language": "nb",
}


@pytest.fixture(scope="module")
async def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated, read by `mypy --strict`, packed as a wheel, and installed from that: where it can be imported from."""
    code, said = await run(CLIENT / "build.sh")
    assert code == 0, said
    (wheel,) = (CLIENT / "dist").glob("*.whl")
    place = tmp_path_factory.mktemp("installed")
    code, said = await run(
        sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", place, wheel
    )
    assert code == 0, said
    return place


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[ModuleType]:
    """The installed package."""
    sys.path.insert(0, str(built))
    yield importlib.import_module("verksted_client")
    sys.path.remove(str(built))


async def test_a_municipalitys_nightly_job(
    built: Path, url: str, world: World, token: Callable[..., str], tmp_path: Path
) -> None:
    system = machine(f"nightly-{uuid4()}")
    await let_in(world, system)
    await world.open_group()
    ours, kept = tmp_path / "courses.json", tmp_path / "courses.next"
    bearer = token(system.subject, client_id=system.client, scopes=system.scopes)

    async def night(course: dict[str, Any], code: int = 0) -> list[str]:
        ours.write_text(json.dumps([course]))
        ended, said = await run(
            sys.executable, CLIENT / "examples" / "nightly.py", url, str(world.organisation), ours,
            PYTHONPATH=str(built),
            VERKSTED_TOKEN=bearer,
        )  # fmt: skip
        assert ended == code, said
        return said.splitlines()

    first = await night(COURSE)
    assert first[0] == "Course K-7: created."
    assert first[1] == "Offer: Grief, in_person, Area."
    assert first[2].endswith(": too few to tell.")
    assert "Event: course.created of " in "\n".join(first[3:])
    second = await night(COURSE | {"milestones": {"told_from_the_start": "2026-09-02"}})
    assert second[0] == "Course K-7: unchanged."
    assert second[1].startswith("Course K-7: told_from_the_start on 2026-09-02, ")
    assert "course.created" not in "\n".join(second), "the events are followed from where they were"
    kept.unlink()
    third = await night(COURSE)
    assert third[0] == "Course K-7: unchanged."
    assert "\n".join(third).count("course.created") == 1, "made once"
    bearer = "no.such.token"
    (told,) = await night(COURSE, 1)
    assert told.startswith("Refused (shared.unauthenticated): ")


class Said:
    """A server that says these things in turn, and what was asked of it."""

    def __init__(self, *said: httpx.Response | Exception) -> None:
        self.said, self.asked, self.waits = list(said), list[httpx.Request](), list[float]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.said.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def asks(self, client: ModuleType) -> Any:
        """A client whose transport ends here, and whose waits are noted."""
        patience = client.Patience(
            chance=lambda: 0.5, now=lambda: datetime(2026, 11, 30, 8, tzinfo=UTC), longest_wait=20
        )
        retrying = importlib.import_module("verksted_client.retrying")
        opened = client.connect("http://verksted.test", token="t", language="en", patience=patience)
        transport = retrying.Retrying(httpx.MockTransport(self), patience, self.waits.append)
        return opened.set_httpx_client(httpx.Client(base_url="http://verksted.test", transport=transport))

    def asks_async(self, client: ModuleType) -> Any:
        """The same for asyncio."""
        patience = client.Patience(chance=lambda: 0.5, longest_wait=20)
        retrying = importlib.import_module("verksted_client.retrying")

        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)

        opened = client.connect("http://verksted.test", token="t", patience=patience)
        transport = retrying.AsyncRetrying(httpx.MockTransport(self), patience, sleep)
        return opened.set_async_httpx_client(
            httpx.AsyncClient(base_url="http://verksted.test", transport=transport)
        )


def call(feature: str, name: str) -> Any:
    return importlib.import_module(f"verksted_client.rest.api.{feature}.{name}")


def model(name: str) -> Any:
    return getattr(importlib.import_module("verksted_client.rest.models"), name)


def refusal(status: int, retry_after: str | None = None) -> httpx.Response:
    problem = {
        "type": "/problems/shared.busy",
        "code": "shared.busy",
        "title": "Busy",
        "detail": "d",
        "next": "n",
    }
    problem |= {"rules": ["A-01"], "errors": [], "status": status, "instance": "urn:uuid:1"}
    headers = {"Content-Type": "application/problem+json"} | (
        {"Retry-After": retry_after} if retry_after else {}
    )
    return httpx.Response(status, content=json.dumps(problem), headers=headers)


def placed() -> httpx.Response:
    """A place accepted, as the document has it for an example."""
    paths = json.loads((ROOT / "openapi" / "openapi.json").read_text())["paths"]
    answered = paths["/v1/placements/{placement_id}/acceptance"]["post"]["responses"]["200"]
    return httpx.Response(200, json=answered["content"]["application/json"]["example"])


def accept(opened: Any, **more: Any) -> Any:
    return call("groups", "accept_place").sync(
        uuid4(), client=opened, body=model("AcceptPlaceIn")(alias="Rowan"), **more
    )


BROKEN = httpx.ConnectError("broken")


def test_the_same_wish_is_sent_with_the_same_key_and_body(client: ModuleType) -> None:
    server = Said(BROKEN, httpx.ReadError("cut off"), placed(), placed(), placed())
    opened = server.asks(client)
    accept(opened)
    accept(opened)
    accept(opened, idempotency_key="mine")
    first, second, third, another, given = server.asked
    assert len({(each.headers["idempotency-key"], each.content) for each in (first, second, third)}) == 1
    assert another.headers["idempotency-key"] not in {first.headers["idempotency-key"], ""}
    assert given.headers["idempotency-key"] == "mine"


async def test_so_it_is_with_asyncio(client: ModuleType) -> None:
    server = Said(BROKEN, refusal(503, "2"), placed(), refusal(403))
    opened = server.asks_async(client)
    body = model("AcceptPlaceIn")(alias="Rowan")
    await call("groups", "accept_place").asyncio(uuid4(), client=opened, body=body)
    assert len({each.headers["idempotency-key"] for each in server.asked}) == 1
    assert server.waits == [0.2, 2]
    with pytest.raises(client.Refused):
        await call("people", "read_me").asyncio(client=opened)


def test_what_honours_no_key_is_sent_once_unless_it_was_turned_away(client: ModuleType) -> None:
    server = Said(BROKEN, refusal(503, "1"))
    calendar = call("meetings", "make_my_calendar")
    with pytest.raises(client.Unreachable):
        calendar.sync(client=server.asks(client))
    with pytest.raises(client.Refused):
        calendar.sync(client=server.asks(client))
    assert len(server.asked) == 2
    assert "idempotency-key" not in server.asked[0].headers
    turned_away = Said(
        refusal(429, "1"), httpx.Response(201, json={"url": "u", "since": "2026-11-30T08:00:00Z"})
    )
    assert calendar.sync(client=turned_away.asks(client)).url == "u"


def test_a_wait_is_as_long_as_was_told_or_grows_by_chance(client: ModuleType) -> None:
    server = Said(refusal(429, "7"), refusal(503, "Mon, 30 Nov 2026 08:00:09 GMT"), refusal(503), BROKEN)
    with pytest.raises(client.Unreachable):
        call("people", "read_me").sync(client=server.asks(client))
    assert server.waits == [7, 9, 0.8]
    long = Said(refusal(429, "3600"))
    with pytest.raises(client.Refused):
        call("people", "read_me").sync(client=long.asks(client))
    assert long.waits == []


def test_a_refusal_says_what_it_is(client: ModuleType) -> None:
    with pytest.raises(client.Refused) as refused:
        call("people", "read_me").sync(client=Said(refusal(403)).asks(client))
    told = refused.value
    assert (told.code, told.rules, told.title, told.detail, told.next, told.status) == (
        "shared.busy", ("A-01",), "Busy", "d", "n", 403,
    )  # fmt: skip
    page = Said(*(httpx.Response(502, text="<html>") for _ in range(4)))
    with pytest.raises(client.Unreachable):
        call("people", "read_me").sync(client=page.asks(client))


def test_a_first_attempt_under_way_is_waited_for_another_conflict_not(client: ModuleType) -> None:
    running = Said(refusal(409, "1"), placed())
    accept(running.asks(client))
    assert running.waits == [1]
    with pytest.raises(client.Refused):
        accept(Said(refusal(409)).asks(client))


def test_lines_of_json_go_out_whole_each_time_and_come_back_as_they_are(client: ModuleType) -> None:
    answered = httpx.Response(200, text='{"row":1}\n', headers={"Content-Type": "application/x-ndjson"})
    server = Said(BROKEN, answered)
    sent = '{"kind":"course"}\n'
    lines = call("courses", "import_courses").sync(uuid4(), uuid4(), client=server.asks(client), body=sent)
    assert lines == '{"row":1}\n'
    assert [each.content for each in server.asked] == [sent.encode()] * 2
    assert {each.headers["content-type"] for each in server.asked} == {"application/x-ndjson"}


class Wire(httpx.BaseTransport):
    """Takes a body as a socket would: once. It breaks the first time."""

    def __init__(self) -> None:
        self.bodies = list[bytes]()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        self.bodies.append(b"".join(request.stream))
        if len(self.bodies) == 1:
            raise BROKEN
        return httpx.Response(200)


def test_what_is_streamed_goes_out_whole_each_time(client: ModuleType) -> None:
    wire, retrying = Wire(), importlib.import_module("verksted_client.retrying")
    transport = retrying.Retrying(wire, client.Patience(), lambda _: None)
    with httpx.Client(transport=transport) as opened:
        opened.put("http://verksted.test/lines", content=(line for line in [b"one\n", b"two\n"]))
    assert wire.bodies == [b"one\ntwo\n"] * 2


def test_each_walks_through_all_pages(client: ModuleType) -> None:
    page = type("Page", (), {})
    pages = {None: ([1, 2], "c"), "c": ([3], None)}

    def ask(cursor: str | None) -> Any:
        made = page()
        made.items, made.next_cursor = pages[cursor]
        return made

    assert list(client.each(ask)) == [1, 2, 3]


def test_what_may_be_unchanged_has_nothing_parsed(client: ModuleType) -> None:
    server = Said(httpx.Response(304, headers={"ETag": '"x"'}))
    whole = call("people", "read_me").sync_detailed(client=server.asks(client), if_none_match='"x"')
    assert (whole.status_code, whole.parsed) == (304, None)
