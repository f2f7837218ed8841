"""Nobody is asked without being told about what; when one meets is told by the group's own clock, in one's own words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, expect

from tests.browser.pocket import Others, Phone, answering, changed, phone
from tests.browser.real import ROOT, service
from tests.support.node import installed

pytestmark = pytest.mark.browser
OSLO = ZoneInfo("Europe/Oslo")
SOMETHING = "019a9e40-0a10-8d15-8000-2a7f91fe3c31"
CANT = "Lomma kan ikke vise hva det gjelder. Derfor kan du ikke stemme her."
EXCLUSION = "Skal en av dere gå ut av gruppen?"


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`verksted run` in a process of its own, with the demo."""
    with service(tmp_path_factory.mktemp("subjects")) as url:
        yield url


@pytest.fixture(scope="module")
def axe() -> str:
    """The rules of axe-core, from npm."""
    return (installed(ROOT / "examples" / "pocket") / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def others(server_url: str) -> Iterator[Others]:
    people = Others(server_url)
    yield people
    people.close()


@pytest.fixture(scope="module")
def group(others: Others) -> Any:
    """The group that all of them are in."""
    return others.call("bjorn", "GET", f"/groups/{others.home('bjorn')['groups'][0]['id']}")


def ask(others: Others, group: Any, question: str, **subject: Any) -> str:
    """Bjørn puts a question; the ballot's id."""
    asked = {"question": question, **subject}
    return str(others.call("bjorn", "POST", f"/groups/{group['id']}/ballots", asked)["id"])


@pytest.fixture(scope="module")
def exclusion(others: Others, group: Any) -> str:
    """Whether David goes: a ballot among the others."""
    david = next(each["id"] for each in group["members"] if each["alias"] == "Due")
    return ask(others, group, "exclusion", member_id=david)


async def at_ballot(device: Phone, question: str) -> None:
    """From the home to the ballot with this question."""
    await device.page.get_by_role("button", name=question).click()
    await device.heading_is(question)
    await expect(device.page.locator("main")).not_to_have_attribute("aria-busy", "true")


async def test_whose_exclusion_it_is_stands_on_the_ballot_and_nowhere_before(
    browser: Browser, server_url: str, axe: str, exclusion: str
) -> None:
    async with phone(browser, server_url, axe, name="exclusion") as anna:
        await anna.enter("Anna")
        await expect(anna.page.get_by_role("button", name=EXCLUSION)).to_be_visible()
        assert "Due" not in await anna.page.content()
        await at_ballot(anna, EXCLUSION)
        await expect(anna.page.get_by_role("heading", name="Det gjelder Due")).to_be_visible()
        await expect(anna.page.locator("form")).to_have_count(1)
        await anna.look("exclusion")
        await anna.page.go_back()
        await anna.at_home()
        assert "Due" not in await anna.page.content()


async def test_ground_rules_and_an_end_are_read_before_they_are_voted_on(
    browser: Browser, server_url: str, axe: str, others: Others, group: Any
) -> None:
    words = {
        "rhythm": "Hver torsdag, to timer", "absence_channel": "text_message", "absence_hours": 24,
        "refreshments": "Kaffe", "breaks": "Midt i", "decision_rule": "unanimous", "points": ["Telefonen blir i sekken"],
    }  # fmt: skip
    draft = others.call("bjorn", "POST", f"/groups/{group['id']}/ground-rules", {"agreement": words})
    ask(others, group, "ground_rules", ground_rules_id=draft["id"])
    end = (datetime.now(OSLO) + timedelta(days=200)).replace(hour=20, minute=0, second=0, microsecond=0)
    ask(others, group, "end_date", ends_at=end.astimezone(UTC).isoformat())
    async with phone(browser, server_url, axe, name="rules", zone="Asia/Kathmandu") as anna:
        await anna.enter("Anna")
        await at_ballot(anna, "Skal disse spillereglene gjelde?")
        facts = anna.page.locator(".facts").first
        for said in ("Hver torsdag, to timer", "Med en tekstmelding", "24", "Kaffe", "Midt i",
                     "Ja når alle som stemmer, er for", "Telefonen blir i sekken"):  # fmt: skip
            await expect(facts).to_contain_text(said)
        await expect(anna.page.locator("form")).to_have_count(1)
        await anna.look("ground-rules")
        await anna.page.go_back()
        await anna.at_home()
        await at_ballot(anna, "Skal gruppen ha en sluttdato?")
        said = anna.page.locator(".facts").first
        await expect(said).to_contain_text("Foreslått slutt")
        await expect(said).to_contain_text(str(end.year))
        await expect(said).to_contain_text("20:00 (sentraleuropeisk tid)")
        await expect(anna.page.locator("form")).to_have_count(1)


STAYS = {"question": "longer_stay", "member_id": None, "assignment_id": SOMETHING, "max_meetings": 6}
HELPER = {"name": "Stine", "exit_in_words": "Stine går etter fire møter."}


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (STAYS | {"latest_date": "2099-03-02"}, ["Stine går etter fire møter.", "mandag 2. mars 2099", "6"]),
        (
            {"question": "open_for_new_people", "member_id": None},
            ["Blir svaret ja, kan nye søke om plass hos dere."],
        ),
    ],
)
async def test_the_other_questions_say_what_they_mean(
    browser: Browser, server_url: str, axe: str, exclusion: str, subject: Any, said: list[str]
) -> None:
    async with phone(browser, server_url, axe, name="other-questions", zone="America/New_York") as anna:
        await anna.page.route("**/v1/starter-assignments/*", answering(HELPER))
        await anna.page.route("**/v1/ballots/*", changed(lambda ballot: ballot.update(subject)))
        await anna.enter("Anna")
        await anna.page.get_by_role("button", name=EXCLUSION).click()
        for each in said:
            await expect(anna.page.locator("main")).to_contain_text(each)
        await expect(anna.page.locator("form")).to_have_count(1)
        await anna.look("other-question")


@pytest.mark.parametrize(
    "subject",
    [
        {"member_id": SOMETHING},
        {"question": "admission", "member_id": None, "application_id": SOMETHING},
        {"question": "ground_rules", "member_id": None, "ground_rules_id": SOMETHING},
        {"question": "longer_stay", "member_id": None, "assignment_id": SOMETHING, "max_meetings": 6},
        {"question": "end_date", "member_id": None},
        {"question": "something_new", "member_id": None},
    ],
)
async def test_nobody_votes_on_what_cant_be_shown(
    browser: Browser, server_url: str, exclusion: str, subject: Any
) -> None:
    async with phone(browser, server_url, None, name="unshown") as anna:
        await anna.page.route("**/v1/ballots/*", changed(lambda ballot: ballot.update(subject)))
        await anna.enter("Anna")
        await anna.page.get_by_role("button", name=EXCLUSION).click()
        await expect(anna.page.locator(".note")).to_have_text(CANT)
        await expect(anna.page.locator("form")).to_have_count(0)
        await expect(anna.page.get_by_role("heading", level=1)).not_to_have_text("undefined")


async def test_ground_rules_that_are_more_than_this_version_knows_are_not_voted_on(
    browser: Browser, server_url: str, exclusion: str
) -> None:
    rules = {
        "rhythm": None,
        "absence_channel": None,
        "absence_hours": None,
        "refreshments": None,
        "breaks": None,
    }
    about = {"question": "ground_rules", "member_id": None, "ground_rules_id": SOMETHING}
    async with phone(browser, server_url, None, name="newer-rules") as anna:
        await anna.page.route("**/v1/ballots/*", changed(lambda ballot: ballot.update(about)))
        newer = answering({**rules, "points": [], "decision_rule": "by_lot"})
        await anna.page.route("**/v1/ground-rules/*", newer)
        await anna.enter("Anna")
        await anna.page.get_by_role("button", name=EXCLUSION).click()
        await expect(anna.page.locator(".note")).to_have_text(CANT)
        await expect(anna.page.locator("form")).to_have_count(0)


async def test_a_webhook_that_fails_waits_and_its_mail_leads_there(
    browser: Browser, server_url: str, axe: str
) -> None:
    since = datetime.now(UTC).isoformat()
    failing = {"id": SOMETHING, "organisation_id": SOMETHING, "system_id": None, "purpose": "Vår egen kursliste",
               "since": since, "failing_since": since, "disabled_because": None}  # fmt: skip
    about = {"kind": "webhook_failing", "subject_id": SOMETHING}
    async with phone(browser, server_url, axe, name="webhook") as nora:
        page = nora.page
        await page.route("**/v1/me", changed(lambda me: me["home"]["webhooks"].append(failing)))
        await page.route(f"**/v1/messages/{SOMETHING}", answering(about))
        await page.goto(f"{server_url}/pocket?message={SOMETHING}")
        await page.get_by_role("button", name="Nora").click()
        await nora.at_home()
        task = page.get_by_role("link", name="En webhook som trenger deg")
        await expect(task).to_be_focused()
        await expect(task).to_contain_text("Vår egen kursliste")
        await expect(task).to_contain_text("Ingenting har kommet fram siden")
        await nora.look("webhook")
        async with page.context.expect_page() as opened:
            await page.keyboard.press("Enter")
        guide = await opened.value
        await expect(guide.get_by_role("heading", level=1)).to_have_text("Administrator: webhooks")
        assert guide.url == f"{server_url}/docs/guides/webhooks"


@pytest.mark.parametrize(
    ("zone", "named"), [("America/New_York", True), ("Europe/Oslo", False), ("Europe/Stockholm", False)]
)
async def test_a_meeting_is_at_its_groups_own_hour(
    browser: Browser, server_url: str, axe: str, zone: str, named: bool
) -> None:
    """Six in Oslo is six on every phone; and a phone that shows another hour is told whose six it is."""
    async with phone(browser, server_url, axe, name="far-away", locale="en-GB", zone=zone) as anna:
        await anna.enter("Anna")
        when = anna.page.locator(".when").first
        await expect(when).to_contain_text(", 18:00–")
        await expect(when.get_by_text("(Central European Time)")).to_have_count(int(named))
        await anna.look("meeting")


async def test_a_zone_that_isnt_to_be_had_is_the_devices_and_named(browser: Browser, server_url: str) -> None:
    def elsewhere(me: Any) -> None:
        me["home"]["groups"][0]["organisation_id"] = SOMETHING  # that there isn't

    async with phone(
        browser, server_url, None, name="zoneless", locale="en-GB", zone="Asia/Kathmandu"
    ) as anna:
        await anna.page.route("**/v1/me", changed(elsewhere))
        await anna.enter("Anna")
        await expect(anna.page.locator(".when").first).to_contain_text("(Nepal Time)")


async def test_days_in_nynorsk_on_a_device_without_it(browser: Browser, server_url: str, axe: str) -> None:
    """Chromium knows none: the days are our own, the months bokmål's, and neither those of an English device."""
    days = ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"]
    months = [
        "januar", "februar", "mars", "april", "mai", "juni",
        "juli", "august", "september", "oktober", "november", "desember",
    ]  # fmt: skip
    week: list[datetime] = []

    def a_week(me: Any) -> None:
        (meeting, *_), week[:] = me["home"]["meetings"], []
        for number in range(7):
            at = datetime.fromisoformat(meeting["starts_at"]) + timedelta(days=number)
            week.append(at.astimezone(OSLO))
        me["home"]["meetings"] = [{**meeting, "starts_at": at.astimezone(UTC).isoformat()} for at in week]
        me["home"]["ballots"] = [
            {"id": SOMETHING, "group_id": meeting["group_id"], "question": "end_date", "has_voted": False,
             "closes_at": at.astimezone(UTC).isoformat()} for at in week
        ]  # fmt: skip

    async with phone(browser, server_url, axe, name="anna-en-nn", locale="en-US") as anna:
        page = anna.page
        await page.route("**/v1/me", changed(a_week))
        await anna.enter("Anna")
        await page.locator("#language").select_option("nn")
        await expect(page.get_by_role("button", name="Møta i min eigen kalender")).to_be_visible()
        written = [f"{days[at.weekday()]} {at.day}. {months[at.month - 1]}, {at:%H:%M}–" for at in week]
        await expect(page.locator(".when")).to_contain_text(written)
        await expect(page.locator(".task-detail")).to_contain_text(
            [f"Til {days[at.weekday()][:3]}" for at in week]
        )
        today = datetime.now(OSLO)
        await expect(page.get_by_role("heading", level=1)).to_contain_text(days[today.weekday()].capitalize())
        await anna.look("home")
