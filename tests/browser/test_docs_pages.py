"""The documentation pages in a real browser, with the network cut off (R23)."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.toy import Site

pytestmark = pytest.mark.browser


async def log_in(page: Page, site: Site) -> None:
    """By keyboard alone: the picker is a plain select with a label, and Enter sends the form."""
    await page.get_by_label("Log in as").select_option(site.person)
    await page.get_by_role("button", name="Log in", exact=True).press("Enter")
    await expect(page.get_by_role("status")).to_have_text(f"You are {site.name}")


def bearer_of(text: str) -> str:
    found = re.search(r"Bearer ([^'\"\s]+)", text)
    assert found, text
    return found.group(1)


async def kept_by_the_browser(page: Page) -> str:
    return str(
        await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    )


async def test_index_leads_to_both_tools(page: Page, site: Site) -> None:
    await page.goto(site.url)
    await page.get_by_role("link", name="REST, by Swagger UI").click()
    await expect(page).to_have_url(f"{site.url}/docs")
    await page.get_by_role("link", name="GraphQL").click()
    await expect(page).to_have_url(f"{site.url}/graphiql")
    assert await page.evaluate("document.documentElement.lang") == "en"


async def test_try_it_out_as_somebody(page: Page, site: Site) -> None:
    await page.goto(f"{site.url}/docs")
    operation = page.locator(".opblock", has=page.locator(f'[data-path="{site.operation}"]')).first
    await expect(operation).to_be_visible()
    await log_in(page, site)
    await operation.locator(".opblock-summary-control").click()
    await operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    await expect(answer.locator(".response-col_status").last).to_have_text(re.compile("^200"))
    await expect(answer).to_contain_text(site.operation_answer)
    token = bearer_of(await operation.locator(".curl-command").inner_text())
    assert token not in await kept_by_the_browser(page)


async def test_operations_can_be_filtered(page: Page, site: Site) -> None:
    await page.goto(f"{site.url}/docs")
    await expect(page.locator(".opblock").first).to_be_visible()
    await page.get_by_placeholder("Filter by tag").fill("no such tag")
    await expect(page.locator(".opblock")).to_have_count(0)


async def test_query_as_somebody(page: Page, site: Site) -> None:
    await page.goto(f"{site.url}/graphiql")
    await expect(page.locator(".graphiql-container")).to_be_visible()
    async with page.expect_request(f"{site.url}/graphql") as introspection:
        await log_in(page, site)
    token = bearer_of((await (await introspection.value).all_headers())["authorization"])
    editor = page.locator(".graphiql-query-editor .CodeMirror")
    await editor.click()
    await page.keyboard.press("Control+a")
    await page.keyboard.insert_text(site.query)
    await page.get_by_role("button", name=re.compile("Execute query")).click()
    await expect(page.locator(".result-window")).to_contain_text(site.query_answer)
    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await expect(page.locator(".graphiql-doc-explorer")).to_contain_text("query: Query")
    assert token not in await kept_by_the_browser(page)


async def test_graphiql_dialogs_keep_to_the_policy(page: Page, site: Site) -> None:
    """Its dialogs add a style element, which only the nonce lets in."""
    await page.goto(f"{site.url}/graphiql")
    await page.get_by_role("button", name="Open settings dialog").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.get_by_role("dialog")).not_to_contain_text("Persist headers")
    held_still = await page.evaluate("getComputedStyle(document.body).overflow")
    assert held_still == "hidden"


@pytest.mark.parametrize("tool", ["docs", "graphiql"])
async def test_one_can_be_a_system_with_what_it_may_do_in_words(page: Page, site: Site, tool: str) -> None:
    await page.goto(f"{site.url}/{tool}")
    offered = page.locator('optgroup[label="Systems (service accounts)"] option')
    await expect(offered).to_have_text(["Course <planner> (announces courses)"])
    await page.get_by_label("Log in as").select_option("planner")
    async with page.expect_response("**/dev/token") as answered:
        await page.get_by_role("button", name="Log in", exact=True).click()
    made = await (await answered.value).json()
    assert made["token"] == "token-of-planner-with-v:courses.write-v:events.read"
    await expect(page.get_by_role("status")).to_have_text("You are Course <planner>")


async def test_a_failed_login_is_said(page: Page, complaints: Complaints, site: Site) -> None:
    await page.goto(f"{site.url}/docs")
    await page.evaluate("document.querySelector('#person').selectedOptions[0].value = 'nobody'")
    await page.get_by_role("button", name="Log in", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("That did not work. The server answered 404.")
    assert [text for text in complaints.console if "404" not in text] == []
    complaints.console.clear()
