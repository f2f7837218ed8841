"""The short way answers what can be read at a glance, and leaves everything else whole to the framework."""

import json
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from app.api.rest.direct import Direct
from app.api.shared.paging import PageIn
from app.api.shared.strict_model import StrictModel

ID = "01a201cd-da97-8493-8000-0001db602a9f"


class VoteIn(StrictModel):
    choice: str


async def endpoint(request: Request, **given: Any) -> Response:
    return Response(repr(sorted(given.items())))


def direct(query: Any = None, body: Any = None) -> Direct:
    return Direct(endpoint, query, body)


async def ask(way: Direct, *, path: str = ID, query: bytes = b"", body: bytes = b"") -> tuple[str, bytes]:
    """What came: `answered` with the body of the answer, or `left` with the body that the framework still gets."""
    sent: list[Message] = []

    async def receive() -> Message:
        nonlocal body
        given, body = body, b""
        return {"type": "http.request", "body": given, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "PUT", "path": "/", "headers": [], "query_string": query,
        "path_params": {"group_id": path},
    }  # fmt: skip
    left: Receive | None = await way(scope, receive, send)
    if left is None:
        return "answered", sent[1]["body"]
    assert not sent
    return "left", (await left())["body"]


@pytest.mark.parametrize(
    ("way", "asked"),
    [
        (direct(), {}),
        (direct(query=PageIn), {"query": b"limit=50"}),
        (direct(query=PageIn), {}),
        (direct(body=VoteIn), {"body": b'{"choice":"for"}'}),
    ],
)
async def test_what_is_plain_is_answered(way: Direct, asked: dict[str, Any]) -> None:
    what, answer = await ask(way, **asked)
    assert what == "answered"
    assert ID.encode() in answer


@pytest.mark.parametrize("path", ["", "1", ID.upper(), f"{ID}0", f"{{{ID}}}", ID.replace("-", "")])
async def test_an_unusual_id_is_left(path: str) -> None:
    assert (await ask(direct(), path=path))[0] == "left"


@pytest.mark.parametrize("query", [b"limit=0", b"limit=1&limit=2", b"limit=", b"other=1", b"limit=1_0"])
async def test_an_unusual_query_is_left(query: bytes) -> None:
    assert (await ask(direct(query=PageIn), query=query))[0] == "left"


@pytest.mark.parametrize(
    "sent", ["", "[]", "null", '"for"', '{"choice":1}', '{"choice":"for","more":1}', "{"]
)
async def test_an_unusual_body_is_left_whole(sent: str) -> None:
    assert await ask(direct(body=VoteIn), body=sent.encode()) == ("left", sent.encode())


async def test_query_and_body_reach_the_endpoint_as_models() -> None:
    body = json.dumps({"choice": "against"}).encode()
    _, answer = await ask(direct(PageIn, VoteIn), query=b"limit=7", body=body)
    assert b"PageIn(limit=7" in answer
    assert b"VoteIn(choice='against')" in answer
