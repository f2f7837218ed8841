"""The documentation of the service itself, as `verksted run` serves it to a newcomer, with the network cut off (R23)."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from app.adapters.postgres.embedded import stop_orphan
from app.api.shared.operations import ALL
from tests.browser.reporting import chromium_path

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 90
expect.set_options(timeout=30_000)
"""A page of a hundred and fifty operations takes its time where two cores do everything at once."""
SHOTS = os.environ.get("VERKSTED_SHOTS")
"""A folder for pictures of what was seen, for whoever wants to look."""
QUERY = "{ readMe { __typename ... on Me { chosenName } } }"


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`verksted run` in a process of its own, with its own database: migrated, seeded, serving."""
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERKSTED_", "DATABASE_"))
    }
    folder = tmp_path_factory.mktemp("run")
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "run", "--port", str(port)],
            env={**clean, "VERKSTED_DATA_DIR": str(folder / "data")},
            cwd=ROOT,
            stdout=said,
            stderr=said,
        )
        try:
            wait_until_ready(process, f"http://127.0.0.1:{port}", folder / "said.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            stop_orphan(folder / "data" / "postgres")


def wait_until_ready(process: "subprocess.Popen[bytes]", url: str, said: Path) -> None:
    """Until it serves; with its own words if it doesn't."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(said.read_text())


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
    for _ in range(150):
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
    wanted = {(operation.method, operation.path) for operation in ALL}
    for _ in range(150):
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
    assert tags.keys() == {operation.feature for operation in ALL}
    await shot(page, "docs")


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
