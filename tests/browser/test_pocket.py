"""A member's first app: by keyboard alone, by screen reader, in four languages, on a shared phone, without a network."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser.pocket import Others, Phone, answering, phone
from tests.browser.real import ROOT, service
from tests.support.node import installed

pytestmark = pytest.mark.browser
MESSAGE = "019a9e40-0a10-8d15-8000-2a7f91fe3c31"
POCKET = ROOT / "examples" / "pocket"


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`verksted run` in a process of its own, with the demo."""
    with service(tmp_path_factory.mktemp("pocket")) as url:
        yield url


@pytest.fixture(scope="module")
def axe() -> str:
    """The rules of axe-core, from npm: the app itself needs no Node."""
    return (installed(POCKET) / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def others(server_url: str) -> Iterator[Others]:
    people = Others(server_url)
    yield people
    people.close()


@pytest.fixture
async def anna(browser: Browser, server_url: str, axe: str) -> AsyncIterator[Phone]:
    async with phone(browser, server_url, axe, name="anna-nb") as opened:
        yield opened


def applied(others: Others, who: str = "hanne", alias: str = "Hare") -> str:
    """Somebody applies to the grief group; the ballot's id."""
    home = others.home("anna")
    group = home["groups"][0]
    place = group["organisation_id"]
    offers = others.call(who, "GET", f"/organisations/{place}/offers")["items"]
    code = next(each["application_code"] for each in offers if each["theme"] == group["theme"])
    words = {"application_code": code, "alias": alias, "introduction": "Jeg mistet søsteren min i vår."}
    application = others.call(who, "POST", f"/organisations/{place}/applications", words)
    asked = {"question": "admission", "application_id": application["id"]}
    return str(others.call("bjorn", "POST", f"/groups/{group['id']}/ballots", asked)["id"])


async def test_a_ballot_that_has_ended_takes_its_form_along(anna: Phone, others: Others) -> None:
    """It is withdrawn while Anna looks at it: she is told so, and nothing is left to send."""
    ballot = applied(others, "frode", "Ugle")
    page = anna.page
    await anna.enter("Anna")
    await page.get_by_role("button", name="Skal den som har søkt, få bli med?").click()
    await anna.heading_is("Skal den som har søkt, få bli med?")
    await expect(page.locator("form")).to_have_count(1)
    application = others.call("anna", "GET", f"/ballots/{ballot}")["application_id"]
    others.call("frode", "POST", f"/applications/{application}/withdrawal")
    await page.get_by_label("For", exact=True).check()
    await page.get_by_role("button", name="Legg i urnen").click()
    await expect(page.get_by_role("alert")).to_contain_text("avsluttet uten opptelling")
    await expect(page.locator("form")).to_have_count(0)
    await anna.look("ballot-ended")


async def test_from_an_application_to_an_entry(
    anna: Phone, browser: Browser, server_url: str, axe: str, others: Others
) -> None:
    """Anna with the keyboard alone; Hanne in Danish and in the dark."""
    ballot = applied(others)
    page = anna.page
    await page.goto(f"{server_url}/pocket")
    await anna.heading_is("Hvem er du i dag?")
    await anna.look("sign-in")
    await anna.press(page.get_by_role("button", name="Anna"))
    await anna.at_home()
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await anna.look("home")

    await anna.press(page.get_by_role("button", name="Skal den som har søkt, få bli med?"))
    await anna.heading_is("Skal den som har søkt, få bli med?")
    await expect(page.locator("blockquote")).to_have_text("Jeg mistet søsteren min i vår.")
    await anna.look("ballot")
    await anna.press(page.get_by_role("button", name="Legg i urnen"))
    await expect(page.get_by_role("alert")).to_have_text("Velg et svar først.")
    await expect(page.get_by_label("For", exact=True)).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_label("Imot", exact=True)).to_be_checked()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await anna.says("Stemmen ligger i urnen.")
    await anna.at_home()
    await expect(page.locator("body")).not_to_contain_text("Imot")
    await expect(page.locator(".task-detail", has_text="Du har stemt")).to_be_visible()
    await anna.press(page.get_by_role("button", name="Skal den som har søkt, få bli med?"))
    await expect(page.locator(".note")).to_contain_text("heller ikke du")
    assert await page.locator("input:checked").count() == 0, "what it was, nobody sees"
    await anna.look("ballot-voted")
    await page.go_back()
    await anna.at_home()

    for person in ("bjorn", "cecilie", "david", "eli"):
        others.call(person, "PUT", f"/ballots/{ballot}/my-vote", {"choice": "for"})
    async with phone(browser, server_url, axe, name="hanne-da", locale="da-DK", scheme="dark") as hanne:
        await hanne.enter("Hanne")
        await hanne.look("home")
        await hanne.page.get_by_role("button", name="Du er tilbudt en plads").click()
        await hanne.heading_is("Du er tilbudt en plads")
        await hanne.look("offer-entry")
        await hanne.page.get_by_label("Dit navn").fill("Hanne")
        await hanne.page.get_by_role("button", name="Ja, jeg vil være med").click()
        await hanne.says("Pladsen er din.")
        await hanne.at_home()
        await expect(hanne.page.locator(".card", has_text="Her hedder du Hare")).to_be_visible()
        await hanne.look("home-entered")


async def test_a_meeting_that_somebody_cant_come_to(anna: Phone, others: Others) -> None:
    await anna.enter("Anna")
    page = anna.page
    first = page.locator(".meeting").first
    await anna.press(first.get_by_role("button", name=re.compile("^Jeg kan ikke komme")))
    await anna.says("Ingen spør hvorfor.")
    await expect(first.locator(".mark")).to_have_text("Du har sagt at du ikke kan komme.")
    await expect(first.get_by_role("button")).to_be_focused()
    assert [each["my_absence"] for each in others.home("anna")["meetings"]] == [True, False]
    await anna.look("absent")
    await page.keyboard.press("Enter")
    await anna.says("kommer likevel")
    await expect(first.locator(".mark")).to_have_count(0)
    assert not any(each["my_absence"] for each in others.home("anna")["meetings"])


async def test_a_mails_link_leads_to_what_it_is_about(
    browser: Browser, server_url: str, others: Others
) -> None:
    """Once, by whoever signs in; and the address is forgotten at once. A message that isn't theirs leads home."""
    offer = others.home("guro")["offers"][0]
    due = others.home("frode")["declarations_due"][0]
    meeting = others.home("anna")["meetings"][1]["id"]
    for person, kind, subject, heading in (
        ("Guro", "offer", offer["placement_id"], "Du er tilbudt en plass"),
        ("Frode", "declaration_due", due["group_id"], "Skriv under taushetserklæringen"),
        ("Anna", "meeting_changed", meeting, None),
        ("Anna", None, None, None),
    ):
        async with phone(browser, server_url, None, name=f"mail-{person}") as device:
            page = device.page

            told = {"kind": kind, "subject_id": subject}
            if kind is not None:
                await page.route(f"**/v1/messages/{MESSAGE}", answering(told))
            await page.goto(f"{server_url}/pocket?message={MESSAGE}")
            async with page.expect_response(f"**/v1/messages/{MESSAGE}") as asked:
                await page.get_by_role("button", name=person).first.click()
            assert (await asked.value).status == (404 if kind is None else 200)
            if heading is not None:
                await device.heading_is(heading)
                await page.go_back()
            await device.at_home()
            if subject == meeting:
                await expect(page.locator(f"[data-about='{meeting}']")).to_be_focused()
            assert page.url == f"{server_url}/pocket"


async def test_a_place_a_refusal_and_a_signature(
    browser: Browser, server_url: str, axe: str, others: Others
) -> None:
    """Guro in English; what the service says no to is told in its own words."""
    async with phone(browser, server_url, axe, name="guro-en", locale="en-GB") as guro:
        page = guro.page
        await guro.enter("Guro")
        await guro.look("home")
        await guro.press(page.get_by_role("button", name="You are offered a place"))
        await guro.heading_is("You are offered a place")
        await guro.look("offer")
        alias = page.get_by_label("What will you be called in the group?")
        await guro.tab_to(alias)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("Something needs another look")
        await expect(alias).to_be_focused()
        await expect(alias).to_have_attribute("aria-invalid", "true")
        await page.keyboard.type("Fjellrev")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("Choose another")
        await guro.look("offer-refused")
        await alias.fill("Grevling")
        await page.keyboard.press("Enter")
        await guro.says("The place is yours.")
        await guro.at_home()
        await guro.press(page.get_by_role("button", name="Sign the declaration of confidentiality"))
        await guro.heading_is("Sign the declaration of confidentiality")
        await guro.look("declaration")
        await guro.tab_to(page.get_by_label("Your name"))
        await page.keyboard.type("Guro")
        await page.keyboard.press("Enter")
        await guro.says("What is said in the group stays in the group.")
        await guro.at_home()
        assert others.home("guro")["declarations_due"] == []


async def test_a_no_is_as_easy_as_a_yes(anna: Phone, others: Others) -> None:
    forming = others.home("frode")["groups"][0]["id"]
    invited = {"person_id": others.call("anna", "GET", "/me")["id"]}
    others.call("kari", "POST", f"/groups/{forming}/placements", invited)
    await anna.enter("Anna")
    page = anna.page
    await anna.press(page.get_by_role("button", name="Du er tilbudt en plass"))
    await anna.heading_is("Du er tilbudt en plass")
    await anna.press(page.locator("summary"))
    await anna.look("offer-no")
    await anna.press(page.get_by_role("button", name="Nei takk, ikke nå"))
    await anna.says("Det er helt i orden.")
    await anna.at_home()
    await expect(page.get_by_role("button", name="Du er tilbudt en plass")).to_have_count(0)
    assert others.home("anna")["offers"] == []


async def test_the_calendars_address_is_shown_once(anna: Phone) -> None:
    await anna.enter("Anna")
    page = anna.page
    await anna.press(page.get_by_role("button", name="Møtene i min egen kalender"))
    await anna.heading_is("Møtene i min egen kalender")
    await anna.look("calendar")
    await anna.press(page.get_by_role("button", name="Lag en adresse"))
    await anna.heading_is("Her er adressen. Den vises bare nå.")
    await anna.look("calendar-address")
    address = await page.get_by_label("Adressen").input_value()
    assert re.search(r"/v1/calendars/[\w-]+\.ics$", address)
    await anna.press(page.get_by_role("button", name="Kopier"))
    await anna.says("Adressen er kopiert.")
    assert await page.evaluate("navigator.clipboard.readText()") == address
    assert address not in await anna.kept()
    await page.go_back()
    await anna.at_home()
    await anna.press(page.get_by_role("button", name="Møtene i min egen kalender"))
    await expect(page.locator("main")).to_contain_text("Du har en adresse siden")
    assert address not in await page.content()
    await anna.press(page.get_by_role("button", name="Ta bort adressen"))
    await anna.says("Adressen er borte.")


async def test_without_a_network_it_says_so_and_tries_again_with_the_same_key(
    browser: Browser, server_url: str, axe: str, others: Others
) -> None:
    """Frode signs in a tunnel: his wish arrives, the answer doesn't; and it is done once."""
    async with phone(browser, server_url, axe, name="frode-nn", locale="nn-NO", scheme="dark") as frode:
        page = frode.page
        await frode.enter("Frode")
        await page.get_by_role("button", name="Skriv under teieerklæringa").click()
        await page.get_by_label("Namnet ditt").fill("Frode")
        keys: list[str | None] = []

        async def tunnel(route: Route) -> None:
            keys.append(route.request.headers.get("idempotency-key"))
            if len(keys) <= 3:
                await route.fetch()  # it arrives
                await route.abort("connectionreset")
            else:
                await route.continue_()

        await page.route("**/declarations", tunnel)
        await page.get_by_role("button", name="Skriv under", exact=True).click()
        await expect(page.get_by_role("alert")).to_contain_text("Vi fekk ikkje svar")
        await expect(page.get_by_role("alert")).to_contain_text("ikkje gjort to gonger")
        await frode.look("no-answer")
        await page.get_by_role("button", name="Prøv igjen").click()
        await frode.says("Du har skrive under.")
        await frode.at_home()
        assert len(keys) == 4
        assert len(set(keys)) == 1
        assert keys[0]
        await page.context.set_offline(True)
        await expect(page.locator(".offline")).to_have_text("Du er utan nett. Det du ser, kan ha endra seg.")
        await page.get_by_role("button", name="Møta i min eigen kalender").click()
        await expect(page.get_by_role("alert")).to_contain_text("Vi fekk ikkje svar")
        await page.context.set_offline(False)
        await page.get_by_role("button", name="Prøv igjen").click()
        await frode.heading_is("Møta i min eigen kalender")


async def test_nothing_is_left_on_a_shared_phone(anna: Phone) -> None:
    page = anna.page
    await page.goto(f"{anna.url}/pocket")
    kept = await anna.kept()
    await anna.enter("Anna")
    await expect(page.locator("main")).to_contain_text("Sorg")
    assert await anna.kept() == kept
    await page.get_by_role("button", name="Møtene i min egen kalender").click()
    await anna.heading_is("Møtene i min egen kalender")
    await anna.press(page.get_by_role("button", name="Gå ut"))
    await anna.heading_is("Hvem er du i dag?")
    await anna.says("Ingenting er igjen på skjermen.")
    assert "Sorg" not in await page.content()
    async with page.expect_response("**/dev/people"):
        await page.evaluate("history.back()")
    await anna.heading_is("Hvem er du i dag?")
    assert "Sorg" not in await page.content()
    await anna.enter("Anna")
    await page.reload()
    await anna.heading_is("Hvem er du i dag?")


async def test_four_languages(anna: Phone) -> None:
    await anna.enter("Anna")
    page = anna.page
    for language, leave in (("nn", "Gå ut"), ("da", "Gå ud"), ("en", "Leave"), ("nb", "Gå ut")):
        async with page.expect_request("**/v1/me") as asked:
            await page.locator("#language").select_option(language)
        assert (await asked.value).headers["accept-language"] == language
        await expect(page.locator("#language")).to_be_focused()
        await expect(page.locator("html")).to_have_attribute("lang", language)
        await expect(page.get_by_role("button", name=leave)).to_be_visible()
        await page.set_viewport_size({"width": 320, "height": 640})  # as at 400 % (WCAG 1.4.10)
        await anna.look(f"narrow-{language}")
        await page.set_viewport_size({"width": 390, "height": 844})
        await anna.look(f"home-{language}")


async def test_it_holds_still_for_whoever_asks_for_that(anna: Phone) -> None:
    await anna.page.emulate_media(reduced_motion="reduce")
    await anna.enter("Anna")
    moving = "[...document.querySelectorAll('*')].filter(each => getComputedStyle(each).transitionDuration !== '0s').length"
    assert await anna.page.evaluate(moving) == 0
    await anna.page.emulate_media(reduced_motion="no-preference")
    assert await anna.page.evaluate(moving) > 0


async def test_a_sign_in_that_has_run_out_leads_to_the_door(anna: Phone) -> None:
    page = anna.page
    await anna.enter("Anna")

    async def expired(route: Route) -> None:
        await route.continue_(headers={**route.request.headers, "authorization": "Bearer nonsense"})

    await page.route("**/v1/**", expired)
    await page.locator(".meeting button").first.click()
    await anna.heading_is("Hvem er du i dag?")
    await anna.says("Vi vet ikke hvem du er")
