"""Imports by HTTP: row by row, both ways at once; broken off anywhere, and sent again."""

import asyncio
import json
import re
from codecs import BOM_UTF8
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from app.api.rest import course_imports
from app.api.shared.limits import Limits
from app.api.shared.row_lines import LONGEST_LINE, TooLarge, TooSlow, lines_of
from app.domain.courses.announcement import OWN_ID
from app.domain.shared.actor import Actor
from tests.services.conftest import Look
from tests.services.conftest import look as look
from tests.support.serving import giving, serving
from tests.support.systems_world import ALL_SCOPES, let_in, machine
from tests.support.world import World

NDJSON = {"content-type": "application/x-ndjson", "accept-language": "en"}


def course(own_id: str, **changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": "course", "own_id": own_id, "title": "Living with pain", "first_day": "2027-01-12",
        "last_day": "2027-02-23", "form": "in_person", "area": "Fjordby", "language": "nb",
    }  # fmt: skip
    return said | changes


def lines(*rows: dict[str, Any] | str) -> bytes:
    return b"".join((row if isinstance(row, str) else json.dumps(row)).encode() + b"\n" for row in rows)


class Job:
    """A municipality's job: its system, its token, its import."""

    def __init__(self, http: httpx.AsyncClient, world: World, system: Actor, token: str) -> None:
        self.http, self.world, self.system, self.token = http, world, system, token
        self.path = f"/v1/organisations/{world.organisation}/course-imports/{uuid4()}"

    async def send(self, body: bytes, **headers: str) -> httpx.Response:
        given = {**NDJSON, "authorization": f"Bearer {self.token}", **headers}
        return await self.http.put(self.path, content=body, headers=given)

    async def told(self, body: bytes) -> list[dict[str, Any]]:
        answer = await self.send(body)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        return [json.loads(line) for line in answer.text.splitlines()]


@pytest.fixture
async def job(http: httpx.AsyncClient, world: World, token: Any) -> Job:
    system = machine(f"job-{world.organisation}")
    await let_in(world, system)
    return Job(http, world, system, token(system.subject, client_id=system.client, scopes=ALL_SCOPES))


async def test_each_row_has_its_own_answer_and_a_refused_one_stops_nothing(job: Job) -> None:
    told = await job.told(
        lines(
            course("K-1"),
            course("K-2", last_day="2027-01-11"),
            {"kind": "milestone", "own_id": "K-1", "milestone": "raised_again", "done_on": None},
            {"kind": "milestone", "own_id": "K-9", "milestone": "raised_again", "done_on": None},
            "{not json",
            "",
            course("K-3", seats=99),
            course("K-1"),
        )
    )
    *rows, whole = told
    assert [(row["row"], row["outcome"]) for row in rows] == [
        (1, "created"), (2, "refused"), (3, "unchanged"), (4, "refused"), (5, "refused"), (7, "refused"), (8, "unchanged"),
    ]  # fmt: skip
    problems = {row["row"]: row["problem"] for row in rows if row["outcome"] == "refused"}
    assert {number: problem["code"] for number, problem in problems.items()} == {
        2: "courses.last_day_before_first", 4: "courses.not_found", 5: "shared.invalid", 7: "shared.invalid",
    }  # fmt: skip
    assert problems[2]["title"] == "The days are in the wrong order"
    assert problems[7]["errors"][0]["pointer"] == "/seats"
    assert (whole["import"]["rows"], whole["import"]["created"], whole["import"]["refused"]) == (7, 1, 4)
    assert whole["import"]["finished_at"] is not None


@pytest.mark.hazard("P-h14", "I-h3")
@pytest.mark.rule("A-07")
async def test_ph14_no_row_can_say_anything_about_a_person(job: Job, look: Look) -> None:
    planted = "Kari Nordmann 01019012308"
    rows = [
        course("K-1", **{name: value})
        for name, value in (
            ("participants", [planted]),
            ("participant", planted),
            ("person", {"name": planted}),
            ("pid", "01019012308"),
            ("contact", planted),
            ("sign_ups", [{"name": planted}]),
            ("notes", planted),
        )
    ] + [course("K-1", **{name: planted}) for name in ("title", "theme", "area", "group_place", "practical")]
    rows += [
        {"kind": "participant", "own_id": "K-1", "name": planted},
        {"kind": "sign_up", "own_id": "K-1", "sign_up_code": "aaaaaaaa", "name": planted},
        {"kind": "milestone", "own_id": "K-1", "milestone": "sign_ups_taken", "done_on": None, "names": [planted]},
    ]  # fmt: skip
    answer = await job.send(lines(*rows))
    *told, whole = [json.loads(line) for line in answer.text.splitlines()]
    assert [row["outcome"] for row in told] == ["refused"] * len(rows)
    assert "Nordmann" not in answer.text
    assert "01019012308" not in answer.text
    assert (whole["import"]["created"], whole["import"]["refused"]) == (0, len(rows))
    kept = await look("select imported_row::text as row from imported_row")
    assert not [row for row in kept if "Nordmann" in row["row"] or "01019012308" in row["row"]]


async def connected(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection, as soon as the server listens."""
    async with asyncio.timeout(10):
        while True:
            with suppress(ConnectionRefusedError):
                return await asyncio.open_connection(host, port)
            await asyncio.sleep(0)


async def test_rows_are_answered_while_others_are_on_their_way_and_a_broken_import_goes_on(
    job: Job, web: FastAPI, look: Look
) -> None:
    """Cut off after each row in turn; the whole is sent again each time. No course is there twice."""
    rows = [course(f"K-{number}") for number in range(6)]
    async with serving(web) as url:
        for cut in range(1, len(rows) + 1):
            host, port = url.removeprefix("http://").split(":")
            reader, writer = await connected(host, int(port))
            writer.write(
                f"PUT {job.path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {job.token}\r\n"
                "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
            )
            told = []
            for row in rows[:cut]:
                body = lines(row)
                writer.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
                await writer.drain()
                async with asyncio.timeout(10):
                    while not (line := await reader.readline()).startswith(b'{"row"'):
                        assert line, "it was cut off"
                told.append(json.loads(line))
            writer.transport.abort()
            assert [each["row"] for each in told] == list(range(1, cut + 1))
            assert [each["done_before"] for each in told] == [True] * (cut - 1) + [False]
    path = job.path
    seen = (await job.http.get(path, headers={"authorization": f"Bearer {job.token}"})).json()
    assert (seen["rows"], seen["created"], seen["finished_at"]) == (6, 6, None)
    *again, whole = await job.told(lines(*rows))
    assert [(each["outcome"], each["done_before"]) for each in again] == [("created", True)] * 6
    assert (whole["import"]["rows"], whole["import"]["finished_at"] is not None) == (6, True)
    made = await look("select from course where organisation_id = $1", job.world.organisation)
    assert len(made) == 6


async def test_another_file_under_the_same_id_changes_nothing_and_what_was_refused_can_be_put_right(
    job: Job,
) -> None:
    await job.told(lines(course("K-1"), course("K-2", last_day="2027-01-11")))
    told = await job.told(lines(course("K-other"), course("K-2")))
    assert told[0]["problem"]["code"] == "courses.import_differs"
    assert (told[1]["outcome"], told[1]["done_before"]) == ("created", False)
    assert (told[2]["import"]["created"], told[2]["import"]["refused"]) == (2, 0)


async def test_who_isnt_let_and_what_isnt_lines_is_refused_before_anything_is_read(
    job: Job, http: httpx.AsyncClient, token: Any
) -> None:
    body = lines(course("K-1"))
    for headers, status, code in (
        ({"content-type": "application/json"}, 415, "shared.unsupported_media_type"),
        ({"content-encoding": "gzip"}, 415, "shared.unsupported_media_type"),
        ({"authorization": "Bearer nonsense"}, 401, "shared.unauthenticated"),
        ({"authorization": f"Bearer {token(job.world.coordinator.subject)}"}, 403, "systems.not_admitted"),
        ({"authorization": f"Bearer {token('x', client_id='x', scopes=ALL_SCOPES)}"}, 403, "systems.not_admitted"),
    ):  # fmt: skip
        answer = await job.send(body, **headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"
        assert status != 415 or "application/x-ndjson" in answer.json()["next"]
    answer = await http.put(job.path, content=body, headers=NDJSON)
    assert answer.json()["code"] == "shared.unauthenticated"
    assert (await job.told(b""))[0]["import"]["rows"] == 0


async def test_an_account_that_is_revoked_on_the_way_ends_it(job: Job) -> None:
    account = (await job.world.do.systems.read_own_system(job.system, job.world.organisation)).id

    async def rows() -> Any:
        yield lines(course("K-1"))
        await job.world.do.systems.revoke_system(job.world.administrator, account)
        yield lines(course("K-2"))

    told = [json.loads(line) for line in (await job.send(rows())).text.splitlines()]  # type: ignore[arg-type]
    assert told[0]["outcome"] == "created"
    assert told[-1]["problem"]["code"] == "systems.not_admitted"
    assert len(told) == 2


async def test_its_bounds_hold(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    told = await job.told(lines(course("K-1"), "x" * (LONGEST_LINE + 1), course("K-2")))
    assert [(each.get("row"), each.get("outcome")) for each in told] == [
        (1, "created"), (2, "refused"), (3, "created"), (None, None),
    ]  # fmt: skip
    assert told[1]["problem"]["code"] == "courses.import_row_too_long"
    assert "16 kB" in told[1]["problem"]["detail"]
    assert (told[-1]["import"]["rows"], told[-1]["import"]["refused"]) == (3, 1)
    monkeypatch.setattr(course_imports, "MOST_ROWS", 2)
    job.path = job.path[:-36] + str(uuid4())
    told = await job.told(lines(course("K-1"), course("K-2"), course("K-3")))
    assert [each.get("row") for each in told] == [1, 2, None]
    assert told[-1]["problem"]["code"] == "courses.import_too_long"
    assert "2 rows at most. The rows before row 3 are done" in told[-1]["problem"]["detail"]
    monkeypatch.setattr(course_imports, "LONGEST_SECONDS", -1.0)
    problem = (await job.told(lines(course("K-4"))))[-1]["problem"]
    assert (problem["code"], problem["status"]) == ("courses.import_too_slow", 409)
    assert "row 1" in problem["detail"]


async def test_how_a_row_is_written_is_told_and_a_mark_of_the_byte_order_is_passed_over(job: Job) -> None:
    twice = '{"kind": "course", "kind": "course"}'
    told = await job.told(BOM_UTF8 + lines(course("K-1"), twice, '{"seats": NaN}', '{"kind": "cou'))
    assert [each.get("outcome") for each in told] == ["created", "refused", "refused", "refused", None]
    for each in told[1:4]:
        (item,) = each["problem"]["errors"]
        assert item["code"] == "malformed"
        assert "no name twice in an object, no NaN" in item["detail"]


async def test_who_waits_to_be_told_to_go_on_is_told(job: Job, web: FastAPI) -> None:
    """curl sends `Expect: 100-continue` with a file."""
    async with serving(web) as url, asyncio.timeout(10):
        host, port = url.removeprefix("http://").split(":")
        reader, writer = await connected(host, int(port))
        body = lines(course("K-1"))
        writer.write(
            f"PUT {job.path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {job.token}\r\nConnection: close\r\n"
            f"Content-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n".encode()
        )
        assert await reader.readline() == b"HTTP/1.1 100 Continue\r\n"
        writer.write(body)
        assert b'{"row":1,"outcome":"created"' in await reader.read()
        writer.close()


async def test_whoever_sends_too_fast_is_read_more_slowly_and_not_refused(
    job: Job, web: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    waits = iter((0, 3, 2, 0, 0))

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(Limits, "row", lambda self, actor: next(waits))
    with giving(web, pause=pause):
        told = await job.told(lines(course("K-1"), course("K-2"), course("K-3")))
    assert [each["outcome"] for each in told[:-1]] == ["created"] * 3
    assert waited == [3, 2]


async def test_lines_come_whole_however_they_are_cut_and_nobody_is_silent_for_long() -> None:
    text = b'{"a":1}\r\n\n{"b":2}\n{"c":3}'
    for size in range(1, len(text) + 1):
        parts = [text[start : start + size] for start in range(0, len(text), size)]
        messages = iter(
            {"type": "http.request", "body": part, "more_body": number < len(parts) - 1}
            for number, part in enumerate(parts)
        )

        async def receive(messages: Any = messages) -> Any:
            return next(messages)

        assert [line async for line in lines_of(receive)] == [b'{"a":1}', b"", b'{"b":2}', b'{"c":3}']

    async def never() -> Any:
        await asyncio.Event().wait()

    with pytest.raises(TooSlow):
        _ = [line async for line in lines_of(never, silence=0.01)]

    async def endless() -> Any:
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    long = iter((b"a\n" + b"x" * LONGEST_LINE, b"xx", b"\nb\n" + b"x" * LONGEST_LINE + b"x\nc\nlast"))

    async def some_too_long() -> Any:
        part = next(long)
        return {"type": "http.request", "body": part, "more_body": not part.endswith(b"last")}

    assert [line async for line in lines_of(some_too_long)] == [b"a", None, b"b", None, b"c", b"last"]
    with pytest.raises(TooLarge):
        _ = [line async for line in lines_of(endless)]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
_NEARLY = st.builds(
    lambda name, value: course("K-1") | {name: value},
    st.sampled_from(
        [*course("K-1"), "theme", "seats", "group_starts_at", "practical", "cancelled", "milestone"]
    ),
    _ANYTHING,
)


@given(
    st.binary(max_size=200)
    | _ANYTHING.map(lambda value: json.dumps(value).encode())
    | _NEARLY.map(lambda row: json.dumps(row).encode())
)
def test_no_row_breaks_the_reading(line: bytes) -> None:
    """Whatever stands on a line, it is a row or it is refused with the places at fault, and none of it is repeated."""
    found: list[Any] | None = None
    try:
        said = course_imports.read_row(line, "en")
    except course_imports.Unreadable as unreadable:
        found = unreadable.items
    if found is None:
        assert re.fullmatch(OWN_ID, said.own_id)
    else:
        assert found
        assert all(set(each) <= {"pointer", "where", "code", "detail"} for each in found)
