"""A phone with the pocket app in it, and hands that use it."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import NOTE_VIOLATIONS, Complaints, watched

SHOTS = os.environ.get("VERKSTED_SHOTS")
"""A folder for pictures of what was seen, for whoever wants to look."""
_TARGETS = """() => [...document.querySelectorAll("button, a[href]:not(.skip), select, input, summary")]
  .filter(each => each.checkVisibility() && !each.closest("label"))
  .map(each => [each.textContent.trim() || each.name || each.id, each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
_KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.pathname + location.hash])"
_AXE = """async () =>
  (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}))
  .violations.map(found => `${found.id}: ${found.help}: ${found.nodes.map(node => node.html).join(" | ")}`)"""


@dataclass
class Phone:
    """One page of a small screen. What is looked at is also held against axe, and against the size of a thumb."""

    page: Page
    url: str
    axe: str | None
    complaints: Complaints
    name: str
    seen: int = 0

    async def look(self, name: str) -> None:
        """What stands here now is fit for everybody to use, and tells a stranger nothing by its title."""
        await expect(self.page.locator("main")).not_to_have_attribute("aria-busy", "true")
        await self.page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        assert await self.page.title() in {"Lomma", "Lommen", "Pocket"}
        assert await self.page.evaluate(_TARGETS) == []
        assert await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            "it scrolls sideways"
        )
        if self.axe is not None:
            if not await self.page.evaluate("'axe' in window"):
                await self.page.evaluate(self.axe)
            violations = await self.page.evaluate(_AXE)
            assert violations == [], violations
        self.seen += 1
        if SHOTS:
            await self.page.screenshot(
                path=Path(SHOTS, f"{self.name}-{self.seen:02}-{name}.png"), full_page=True
            )

    async def kept(self) -> str:
        """Everything that the browser keeps of it."""
        return str(await self.page.evaluate(_KEPT))

    async def enter(self, name: str) -> None:
        """Sign in as somebody made up."""
        await self.page.goto(f"{self.url}/pocket")
        await self.page.get_by_role("button", name=name).first.click()
        await self.at_home()

    async def at_home(self) -> None:
        """The home stands, and its heading has the focus."""
        await expect(self.page.locator(".foot")).to_be_visible()
        await expect(self.page.locator("button.wide")).to_be_visible()

    async def says(self, text: str) -> None:
        """It is said where a screen reader hears it."""
        await expect(self.page.locator("p.said[role=status]")).to_contain_text(text)

    async def tab_to(self, target: Locator, *, most: int = 40) -> None:
        """By the Tab key alone."""
        for _ in range(most):
            await self.page.keyboard.press("Tab")
            if await target.evaluate("each => each === document.activeElement"):
                return
        raise AssertionError("it can't be reached by the keyboard")

    async def press(self, target: Locator, key: str = "Enter") -> None:
        """Walk there, and press."""
        await self.tab_to(target)
        await self.page.keyboard.press(key)

    async def heading_is(self, text: str) -> None:
        """The page has changed, and who can't see it has been taken to its heading."""
        heading = self.page.get_by_role("heading", level=1)
        await expect(heading).to_have_text(text)
        await expect(heading).to_be_focused()


@asynccontextmanager
async def phone(
    browser: Browser,
    url: str,
    axe: str | None,
    *,
    name: str,
    locale: str = "nb-NO",
    scheme: Any = "light",
    zone: str = "Europe/Oslo",
) -> AsyncIterator[Phone]:
    """A phone in somebody's hand; at the end it has complained of nothing but refusals that were shown."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        has_touch=True,
        locale=locale,
        timezone_id=zone,
        color_scheme=scheme,
    )
    context.set_default_timeout(30_000)
    await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    await context.add_init_script(NOTE_VIOLATIONS)
    complaints = Complaints()
    try:
        async with watched(context, complaints, url) as page:
            yield Phone(page, url, axe, complaints, name)
        assert complaints.foreign == []
        assert [text for text in complaints.console if not text.startswith("Failed to load resource")] == []
    finally:
        await context.close()


def answering(body: Any) -> Callable[[Route], Awaitable[None]]:
    """The service's answer, made up."""

    async def answer(route: Route) -> None:
        await route.fulfill(json=body)

    return answer


def changed(change: Callable[[Any], None]) -> Callable[[Route], Awaitable[None]]:
    """The service's own answer, but for something."""

    async def answer(route: Route) -> None:
        real = await route.fetch()
        body = await real.json()
        change(body)
        await route.fulfill(response=real, json=body)

    return answer


class Others:
    """What other people do meanwhile, over the API."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30)

    def close(self) -> None:
        """They go home."""
        self._http.close()

    def call(self, person: str, method: str, path: str, body: Any = None) -> Any:
        """Somebody's call; it has to go well."""
        token = self._http.post("/dev/token", json={"person": person}).json()["token"]
        answer = self._http.request(
            method, f"/v1{path}", json=body, headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def home(self, person: str) -> Any:
        """Somebody's home."""
        return self.call(person, "GET", "/me")["home"]

    def signature(self, person: str) -> dict[str, str]:
        """Somebody's name under the declaration."""
        text = self.call(person, "GET", "/declaration")
        return {
            "text_version": text["version"], "language": text["language"], "text_sha256": text["sha256"],
            "typed_name": person,
        }  # fmt: skip
