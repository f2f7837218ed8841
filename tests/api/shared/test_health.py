"""For the machinery around."""

import asyncio
from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from app.api.shared import health
from app.api.shared.draining import Drain


async def test_alive_whatever_is_missing(client: httpx.AsyncClient, toy: SimpleNamespace) -> None:
    toy.reasons.append("database")
    toy.drain.begin()
    assert (await client.get("/livez")).status_code == 200
    assert (await client.head("/livez")).status_code == 200


async def test_ready_when_nothing_is_missing(client: httpx.AsyncClient, toy: SimpleNamespace) -> None:
    assert (await client.get("/readyz")).json() == {"status": "ok"}
    toy.reasons.append("database")
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["database"])
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["code"], answer.headers["retry-after"]) == ("shared.not_ready", "2")
    toy.reasons.clear()
    toy.drain.begin()
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["draining"])


async def test_a_check_that_fails_means_not_ready(client: httpx.AsyncClient, toy: SimpleNamespace) -> None:
    toy.reasons.append("crash")
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["check_failed"])
    assert "canary" not in answer.text


async def test_a_check_that_does_not_answer_means_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> list[str]:
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(health, "_PATIENCE_SECONDS", 0.01)
    app = FastAPI()
    app.include_router(health.health_routes(never, Drain(), CollectorRegistry()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://toy") as client:
        assert (await client.get("/readyz")).json()["reasons"] == ["no_answer"]


async def test_metrics_are_in_prometheus_form(client: httpx.AsyncClient) -> None:
    answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "# TYPE verksted_http_requests_total counter" in answer.text
