"""The documentation of the service itself, as `verksted run` serves it to a newcomer, with the network cut off (R23)."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from app.api.shared.operations import ALL
from app.demo.people import SYSTEMS
from tests.browser.real import service

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
"""A page of a hundred and fifty operations takes its time where two cores do everything at once."""
SHOTS = os.environ.get("VERKSTED_SHOTS")
"""A folder for pictures of what was seen, for whoever wants to look."""
QUERY = "{ readMe { __typename ... on Me { chosenName } } }"


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with service(tmp_path_factory.mktemp("run")) as url:
        yield url


async def shot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=Path(SHOTS, f"{name}.png"))


async def log_in(page: Page) -> None:
    await page.get_by_label("Log in as").select_option("anna")
    await page.get_by_role("button", name="Log in", exact=True).press("Enter")
    await expect(page.get_by_role("status")).to_have_text("You are Anna")


def operation_at(page: Page, method: str, path: str) -> Locator:
    return page.locator(f".opblock-{method.lower()}", has=page.locator(f'[data-path="{path}"]')).first


async def run(page: Page, path: str) -> Locator:
    """Open a GET operation, and execute it."""
    operation = operation_at(page, "GET", path)
    await page.evaluate("window.scrollTo(0, 0)")
    for _ in range(400):
        if await operation.count():
            break
        await page.evaluate("window.scrollBy(0, 700)")
        await page.wait_for_function("() => new Promise(done => requestAnimationFrame(() => done(true)))")
    await operation.locator(".opblock-summary-control").click()
    await operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    await expect(answer.locator(".response-col_status").last).to_have_text(re.compile("^200"))
    return answer


_OPERATIONS = """blocks => blocks.map(block => [
  block.querySelector(".opblock-summary-method").textContent.trim(),
  block.querySelector("[data-path]").dataset.path])"""


async def test_the_index_says_how_to_begin(page: Page, server_url: str) -> None:
    await page.goto(server_url)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Verksted")
    await expect(page.locator("main")).to_contain_text("Anna")
    await shot(page, "index")


async def test_every_operation_is_listed_by_feature(page: Page, server_url: str) -> None:
    """Swagger UI mounts a long list as it comes into sight: so we go through it, as a reader would."""
    await page.goto(f"{server_url}/docs")
    await expect(page.locator(".opblock").first).to_be_visible()
    found: dict[tuple[str, str], None] = {}
    tags: dict[str, None] = {}
    async with httpx.AsyncClient(timeout=60) as client:
        contract = (await client.get(f"{server_url}/openapi.json")).json()
    listed = {**contract["paths"], **contract["webhooks"]}
    wanted = {(method.upper(), path) for path, each in listed.items() for method in each}
    assert wanted > {(operation.method, operation.path) for operation in ALL}
    for _ in range(400):
        for method, path in await page.locator(".opblock").evaluate_all(_OPERATIONS):
            found[method, path] = None
        for tag in await page.locator(".opblock-tag").evaluate_all(
            "tags => tags.map(tag => tag.dataset.tag)"
        ):
            tags[tag] = None
        if found.keys() >= wanted:
            break
        await page.evaluate("window.scrollBy(0, 700)")
        await page.wait_for_function("() => new Promise(done => requestAnimationFrame(() => done(true)))")
    assert found.keys() == wanted
    assert tags.keys() == {operation.feature for operation in ALL} | {"municipal"}
    await shot(page, "docs")


async def test_each_demo_system_has_an_account_and_may_do_what_it_says(page: Page, server_url: str) -> None:
    await page.goto(f"{server_url}/docs")
    offered = page.locator('optgroup[label="Systems (service accounts)"] option')
    assert await offered.count() == len(SYSTEMS)
    async with httpx.AsyncClient(base_url=server_url, timeout=60) as client:
        listed = (await client.get("/v1/organisations?country=NO")).json()["items"]
        fjordby = next(each["id"] for each in listed if each["municipalities"] == ["4601"])
        for system in SYSTEMS:
            await page.get_by_label("Log in as").select_option(system.client)
            async with page.expect_response("**/dev/token") as answered:
                await page.get_by_role("button", name="Log in", exact=True).click()
            made = await (await answered.value).json()
            await expect(page.get_by_role("status")).to_have_text(f"You are {system.name}")
            account = await client.get(
                f"/v1/organisations/{fjordby}/system", headers={"Authorization": f"Bearer {made['token']}"}
            )
            assert account.json()["name"] == system.name
            assert account.json()["scopes"] == sorted(system.scopes)
            assert account.json()["missing_in_token"] == []


async def test_anna_tries_out_what_is_hers(page: Page, server_url: str) -> None:
    await page.goto(f"{server_url}/docs")
    await log_in(page)
    await expect(await run(page, "/v1/me")).to_contain_text('"chosen_name": "Anna"')
    await shot(page, "docs-read-me")
    await expect(await run(page, "/v1/me/groups")).to_contain_text('"my_standing": "member"')
    await page.locator("#operations-groups-list_my_groups").scroll_into_view_if_needed()
    await shot(page, "docs-list-my-groups")


async def test_anna_asks_by_graphql(page: Page, server_url: str) -> None:
    await page.goto(f"{server_url}/graphiql")
    await log_in(page)
    await page.locator(".graphiql-query-editor .CodeMirror").click()
    await page.keyboard.press("Control+a")
    await page.keyboard.insert_text(QUERY)
    await page.get_by_role("button", name=re.compile("Execute query")).click()
    await expect(page.locator(".result-window")).to_contain_text('"chosenName": "Anna"')
    await shot(page, "graphiql")
    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await expect(page.locator(".graphiql-doc-explorer")).to_contain_text("mutation: Mutation")


async def test_a_problem_has_a_page(page: Page, server_url: str) -> None:
    await page.goto(f"{server_url}/problems/admission.ballot_closed")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await shot(page, "problem")


async def test_an_administrator_finds_a_guide(page: Page, server_url: str) -> None:
    """No complaint of the browser's either: the fixture would say so."""
    await page.goto(f"{server_url}/docs")
    await page.get_by_role("link", name="Guides").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Guides")
    await shot(page, "guides")
    await page.get_by_role("link", name="Administrator: the policy").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Administrator: the policy")
    await expect(page.locator("main pre").first).to_contain_text("$VERKSTED/dev/token")
    await shot(page, "guide-policy")
    for name in ("organisation", "issuers", "systems", "integrate", "events"):
        await page.goto(f"{server_url}/docs/guides/{name}")
        await shot(page, f"guide-{name}")
    width = "() => document.documentElement.scrollWidth <= window.innerWidth"
    await page.set_viewport_size({"width": 390, "height": 800})
    assert await page.evaluate(width), "a phone has to scroll sideways"
    await shot(page, "guide-phone")
