"""The start: REST is there at once, GraphQL a moment later, and nobody is refused in between."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from app import main
from app.bootstrap import Running

QUESTION = {"query": "{ __typename }"}
_make = main._graphql


@asynccontextmanager
async def starting(
    service: Running, make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, settled: list[str]
) -> AsyncIterator[httpx.AsyncClient]:
    """An application that has just started, whose GraphQL is made like this."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Running]:
        yield service

    monkeypatch.setattr(main, "_graphql", lambda _trusted: make())
    app = main.create_app(
        start,
        development=False,
        public_url="http://127.0.0.1:8000",
        settled=lambda: settled.append("settled"),
    )
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield client


async def test_who_asks_early_waits(service: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    go, settled = threading.Event(), list[str]()

    def slowly() -> Any:
        assert go.wait(30)
        return _make(())

    async with starting(service, slowly, monkeypatch, settled) as client:
        try:
            answer = await client.get("/readyz")
            assert (answer.status_code, answer.json()["reasons"]) == (503, ["graphql"])
            assert (await client.get("/livez")).status_code == 200
            assert (await client.get("/v1/organisations")).status_code == 200
            early = [asyncio.create_task(client.post("/graphql", json=QUESTION)) for _ in range(3)]
            text = asyncio.create_task(client.get("/schema.graphql"))
            assert (await client.get("/v1/organisations")).status_code == 200
            early[0].cancel()
            assert not any(task.done() for task in early[1:])
            assert len(settled) < 2  # the statements may be compiled already
        finally:
            go.set()
        for answer in await asyncio.gather(*early[1:]):
            assert answer.json()["data"] == {"__typename": "Query"}
        assert "type Query" in (await text).text
        assert (await client.get("/readyz")).status_code == 200
    assert settled == ["settled"] * 2


async def test_what_cannot_be_made_keeps_it_from_being_ready(
    service: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = list[str]()

    def breaking() -> Any:
        raise TypeError("canary")

    async with starting(service, breaking, monkeypatch, settled) as client:
        answer = await client.post("/graphql", json=QUESTION)
        assert (answer.status_code, answer.json()["code"]) == (500, "shared.surprise")
        assert (await client.get("/readyz")).json()["reasons"] == ["graphql"]
        assert (await client.get("/v1/organisations")).status_code == 200
    assert settled == ["settled"] * 2
