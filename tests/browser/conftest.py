"""A headless Chromium that reaches the loopback address and nothing else, and a page that notes every complaint."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    async_playwright,
)

from tests.browser.reporting import chromium_path
from tests.browser.toy import Site, served, toy_app, toy_site

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
NOTE_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@dataclass
class Complaints:
    """What a good page gives no cause for."""

    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """What the tests drive. Another served application fits, if it says what there is to try out in it."""
    with served(toy_app()) as url:
        yield toy_site(url)


@pytest.fixture(scope="session")
def server_url(site: Site) -> str:
    return site.url


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    executable = chromium_path()
    if executable is None:
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield launched
        await launched.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    opened = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened.set_default_timeout(60_000)
    await opened.add_init_script(NOTE_VIOLATIONS)
    yield opened
    await opened.close()


@pytest.fixture
async def complaints() -> Complaints:
    return Complaints()


@asynccontextmanager
async def watched(context: BrowserContext, complaints: Complaints, server_url: str) -> AsyncIterator[Page]:
    """A page that may talk to the server alone, and whose complaints are noted."""

    def note_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and f"{address.scheme}://{address.netloc}" != server_url:
            complaints.foreign.append(request.url)

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.console.append(message.text)

    async def only_ours(route: Route) -> None:
        if route.request.url.startswith(f"{server_url}/"):
            await route.continue_()
        else:
            await route.abort()

    await context.route("**/*", only_ours)
    context.on("request", note_request)
    opened = await context.new_page()
    opened.on("console", note_console)
    opened.on("pageerror", lambda error: complaints.console.append(str(error)))
    yield opened
    assert await opened.evaluate("window.policyViolations") == []


@pytest.fixture
async def page(context: BrowserContext, complaints: Complaints, server_url: str) -> AsyncIterator[Page]:
    """A page whose test fails if anything was asked of another host, refused by the policy, or an error."""
    async with watched(context, complaints, server_url) as opened:
        yield opened
    assert complaints == Complaints()
