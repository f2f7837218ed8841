"""What the documentation pages answer, without a browser: caching, policy, and what production leaves out."""

import re
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from tests.browser.toy import toy_app

FOREIGN = re.compile(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""")


def client_of(app: FastAPI) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app), base_url="http://testserver")


@pytest.fixture
async def client() -> AsyncIterator[AsyncClient]:
    async with client_of(toy_app()) as opened:
        yield opened


@pytest.fixture
async def production() -> AsyncIterator[AsyncClient]:
    async with client_of(toy_app(development=False)) as opened:
        yield opened


def assets_of(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(docs/static/[^"]+)"', page)


@pytest.mark.parametrize("path", ["/", "/docs", "/graphiql"])
async def test_policy_allows_own_scripts_only(client: AsyncClient, path: str) -> None:
    answer = await client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'; script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not FOREIGN.search(answer.text)
    assert "<script>" not in answer.text
    assert (await client.head(path)).status_code == 200


@pytest.mark.parametrize("path", ["/", "/docs", "/graphiql"])
async def test_every_asset_may_be_kept_for_ever(client: AsyncClient, path: str) -> None:
    names = assets_of((await client.get(path)).text)
    assert len(names) >= 2
    for name in names:
        answer = await client.get(f"/{name}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        again = await client.get(
            f"/{name}", headers={"If-None-Match": f'"other", W/{answer.headers["etag"]}'}
        )
        assert (again.status_code, again.content) == (304, b"")


async def test_asset_of_another_release_is_answered_but_not_kept(client: AsyncClient) -> None:
    answer = await client.get("/docs/static/000000000000/own/login.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("name", ["own/none.js", "..%2Fpages%2Findex.html", "%2Fetc%2Fpasswd", "own"])
async def test_nothing_else_is_served(client: AsyncClient, name: str) -> None:
    assert (await client.get(f"/docs/static/x/{name}")).status_code == 404


async def test_third_party_files_have_their_licences(client: AsyncClient) -> None:
    for name in ["NOTICE.md", "swagger-ui/LICENSE", "graphiql/LICENSES.md"]:
        assert (await client.get(f"/docs/static/x/third_party/{name}")).status_code == 200


async def test_demo_login(client: AsyncClient) -> None:
    answer = await client.post("/dev/token", json={"person": "ingrid"})
    assert answer.json() == {"token": "token-of-ingrid", "token_type": "Bearer"}
    assert answer.headers["cache-control"] == "no-store"
    assert (await client.post("/dev/token", json={"person": "nobody"})).status_code == 404
    assert (await client.post("/dev/token", json={"person": "ingrid", "role": "admin"})).status_code == 422


async def test_names_are_escaped(client: AsyncClient) -> None:
    for path in ["/", "/docs", "/graphiql"]:
        text = (await client.get(path)).text
        assert "Omar &lt;Haddad&gt;" in text
        assert "<Haddad>" not in text


async def test_production_has_no_demo_people(production: AsyncClient) -> None:
    assert (await production.post("/dev/token", json={"person": "ingrid"})).status_code == 404
    assert (await production.get("/graphiql")).status_code == 404
    for path in ["/", "/docs"]:
        text = (await production.get(path)).text
        for trace in ["ingrid", "Log in as", "dev/token", "graphiql"]:
            assert trace not in text


async def test_production_with_graphiql_takes_a_token_of_yours() -> None:
    async with client_of(toy_app(development=False, graphiql=True)) as client:
        text = (await client.get("/graphiql")).text
    assert 'type="password"' in text
    assert "ingrid" not in text


async def test_pages_are_no_part_of_the_contract(client: AsyncClient) -> None:
    assert list((await client.get("/openapi.json")).json()["paths"]) == ["/v1/me"]
