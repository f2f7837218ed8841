"""What the documentation pages answer, without a browser: caching, policy, and what production leaves out."""

import json
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import URL, ASGITransport, AsyncClient

from app.api.shared.docs_guides import TITLES
from tests.browser.toy import toy_app

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/graphiql", "/docs/guides", *(f"/docs/guides/{name}" for name in TITLES)]
)
async def test_policy_allows_own_scripts_only(client: AsyncClient, path: str) -> None:
    answer = await client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'; script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    loaded = re.sub(r'<a href="[^"]*"', "", answer.text)  # where a reader may go is no concern of the page's
    assert not FOREIGN.search(loaded)
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


async def test_a_guide_leads_to_the_others_and_what_it_loads_is_there(client: AsyncClient) -> None:
    for name in TITLES:
        address = URL(f"http://testserver/docs/guides/{name}")
        page = await client.get(address)
        led = {
            str(address.join(unescape(found)))
            for found in re.findall(r'(?:href|src)="([^"#]+)"', page.text)
            if not found.startswith("https://")
        }
        assert {f"http://testserver/docs/guides/{other}" for other in TITLES} <= led
        for each in led - {"http://testserver/"}:
            assert (await client.get(each)).status_code == 200, each
    for missing in ("none", "..%2Findex", "policy.html"):
        assert (await client.get(f"/docs/guides/{missing}")).status_code == 404


async def test_what_takes_no_idempotency_key_is_named(client: AsyncClient) -> None:
    """On the front page and in the description, as the contract has it: those without the header."""
    document = json.loads((ROOT / "openapi" / "openapi.json").read_text())
    keyless = {
        path
        for path, item in document["paths"].items()
        if "post" in item
        and "Idempotency-Key" not in {each.get("name") for each in item["post"].get("parameters", [])}
    }
    assert "/v1/me/calendar" in keyless
    page = (await client.get("/")).text
    assert set(re.findall("<code>POST (/v1[^<]*)</code>", page)) == keyless
    assert set(re.findall("`POST (/v1[^`]*)`", document["info"]["description"])) == keyless


async def test_third_party_files_have_their_licences(client: AsyncClient) -> None:
    for name in ["NOTICE.md", "swagger-ui/LICENSE", "graphiql/LICENSES.md"]:
        assert (await client.get(f"/docs/static/x/third_party/{name}")).status_code == 200


async def test_demo_login(client: AsyncClient) -> None:
    answer = await client.post("/dev/token", json={"person": "ingrid"})
    assert answer.json() == {"token": "token-of-ingrid", "token_type": "Bearer"}
    assert answer.headers["cache-control"] == "no-store"
    assert (await client.post("/dev/token", json={"person": "nobody"})).status_code == 404
    assert (await client.post("/dev/token", json={"person": "ingrid", "role": "admin"})).status_code == 422


async def test_the_pocket_keeps_to_a_strict_policy(client: AsyncClient) -> None:
    page = await client.get("/pocket")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert not FOREIGN.search(page.text)
    names = re.findall(r'(?:src|href)="/pocket/([^"]+)"', page.text)
    assert set(names) == {"icon.svg", "pocket.js", "pocket.css"}
    for name in names:
        answer = await client.get(f"/pocket/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"] == policy
        again = await client.get(f"/pocket/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    for none in ("none.js", "..%2Fpackage.json", "%2Fetc%2Fpasswd"):
        assert (await client.get(f"/pocket/{none}")).status_code == 404
    assert 'href="pocket"' in (await client.get("/")).text


async def test_each_page_leads_to_the_guides_and_the_first_one_to_the_mails(client: AsyncClient) -> None:
    for path in ("/", "/docs", "/graphiql"):
        assert 'href="docs/guides"' in (await client.get(path)).text
    assert 'href="mail"' in (await client.get("/")).text


async def test_whom_one_may_be(client: AsyncClient) -> None:
    answer = await client.get("/dev/people")
    assert answer.json()["people"][0] == {
        "slug": "ingrid",
        "name": "Ingrid Solberg",
        "role": "starter of a new group",
    }


async def test_names_are_escaped(client: AsyncClient) -> None:
    for path in ["/", "/docs", "/graphiql"]:
        text = (await client.get(path)).text
        assert "Omar &lt;Haddad&gt;" in text
        assert "Course &lt;planner&gt;" in text
        assert not {"<Haddad>", "<planner>"} & set(re.findall("<[A-Za-z]+>", text))


async def test_production_has_no_demo_people(production: AsyncClient) -> None:
    assert (await production.post("/dev/token", json={"person": "ingrid"})).status_code == 404
    for path in ["/graphiql", "/dev/people", "/pocket", "/pocket/pocket.js"]:
        assert (await production.get(path)).status_code == 404
    for path in ["/", "/docs"]:
        text = (await production.get(path)).text
        for trace in ["ingrid", "planner", "Log in as", "dev/token", "graphiql", "pocket", 'href="mail"']:
            assert trace not in text


async def test_production_with_graphiql_takes_a_token_of_yours() -> None:
    async with client_of(toy_app(development=False, graphiql=True)) as client:
        text = (await client.get("/graphiql")).text
    assert 'type="password"' in text
    assert "ingrid" not in text


async def test_pages_are_no_part_of_the_contract(client: AsyncClient) -> None:
    assert list((await client.get("/openapi.json")).json()["paths"]) == ["/v1/me"]
