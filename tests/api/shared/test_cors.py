"""Browsers of the web apps that are named may call, those of others may not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from app.bootstrap import Running
from app.main import create_app

APP = "https://app.example"
ASK = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"}


@pytest.fixture
async def browser(service: Running) -> AsyncIterator[httpx.AsyncClient]:
    @asynccontextmanager
    async def start() -> AsyncIterator[Running]:
        yield service

    app = create_app(start, development=False, public_url="http://127.0.0.1", allowed_origins=(APP,))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client,
    ):
        yield client


async def test_a_named_web_app_may_ask_and_read_what_it_needs(browser: httpx.AsyncClient) -> None:
    asked = await browser.options("/v1/me", headers={"Origin": APP, **ASK})
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == APP
    answered = await browser.get("/v1/organisations", headers={"Origin": APP})
    assert answered.headers["access-control-allow-origin"] == APP
    assert "ETag" in answered.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answered.headers


async def test_any_other_is_not_allowed(browser: httpx.AsyncClient) -> None:
    answered = await browser.get("/v1/organisations", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answered.headers


async def test_nobody_is_named_by_default(http: httpx.AsyncClient) -> None:
    answered = await http.get("/v1/organisations", headers={"Origin": APP})
    assert "access-control-allow-origin" not in answered.headers
