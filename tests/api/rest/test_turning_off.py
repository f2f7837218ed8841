"""Turning messages off by the address in a mail: one click for programs, a question for people, nothing for the curious."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
import structlog

from app.api.shared.limits import Limits
from app.content.texts import LANGUAGES, Texts
from app.domain.admission.ballot import Question
from app.domain.messages.kind import MessageKind
from app.domain.shared.actor import Actor
from tests.support.messages_world import Postman, told, wants
from tests.support.world import World

ONE_CLICK = {"content-type": "application/x-www-form-urlencoded"}


async def mailed(world: World, language: str | None = None) -> tuple[Actor, str]:
    """Somebody who has got a mail, and the path of its address of turning off."""
    group = await world.meeting(3)
    member = group.members[0]
    await wants(world, member, MessageKind.BALLOT_OPEN, MessageKind.OUTCOME)
    if language is not None:
        await world.do.messages.set_my_messages(member, world.organisation, language=language)
    await world.do.admission.open_ballot(member, group.id, Question.OPEN_FOR_NEW_PEOPLE)
    postman = Postman()
    await told(world, postman, member)
    return member, urlsplit(postman.carried[0].turn_off).path


async def chosen(world: World, actor: Actor) -> list[MessageKind]:
    settings = await world.do.messages.read_my_messages(actor, world.organisation)
    return [each.kind for each in settings.kinds if each.chosen]


async def test_a_program_that_opens_the_address_turns_nothing_off_and_one_click_does(
    world: World, http: httpx.AsyncClient
) -> None:
    """RFC 8058: a POST with the one word, without a login."""
    member, path = await mailed(world)
    assert (await http.get(path)).status_code == 200
    assert (await http.head(path)).status_code == 200
    assert len(await chosen(world, member)) == 2
    for _ in range(2):
        answer = await http.post(path, content="List-Unsubscribe=One-Click", headers=ONE_CLICK)
        assert answer.status_code == 200
        assert await chosen(world, member) == [MessageKind.OUTCOME]
    empty = await http.post(path)
    assert empty.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
async def test_people_are_asked_in_the_language_that_they_have_chosen_whatever_the_browser_says(
    world: World, http: httpx.AsyncClient, language: str
) -> None:
    _, path = await mailed(world, language)
    others = next(each for each in LANGUAGES if each != language)
    page = await http.get(path, headers={"accept-language": others})
    said = Texts.load().topics[language]["messages"]["turning_off"]  # type: ignore[index]
    assert f'<html lang="{language}">' in page.text
    assert said["button"] in page.text
    done = await http.post(path, headers={"accept-language": others})
    assert said["done"] in done.text
    assert {page.headers["content-language"], done.headers["content-language"]} == {language}
    for answer in (page, done):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'nonce-")
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<script|src=|https?://", answer.text)
        assert "Grief" not in answer.text


async def test_every_wrong_address_is_the_same_and_counts_as_guessing(
    world: World, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, path = await mailed(world, "da")
    counted = []

    async def bad_token(limits: Limits, scope: object) -> None:
        counted.append(scope)

    monkeypatch.setattr(Limits, "bad_token", bad_token)
    wrong = [path[:-1], path + "A", "/turn-off/" + "A" * 170, "/turn-off/" + "A" * 2000, "/turn-off/x"]
    answers = [
        await http.post(each, content="List-Unsubscribe=One-Click", headers=ONE_CLICK) for each in wrong
    ]
    assert {each.status_code for each in answers} == {404}
    assert {each.json()["code"] for each in answers} == {"shared.not_found"}
    assert len(counted) == len(wrong)
    asked = [await http.get(each, headers={"accept-language": "en"}) for each in wrong]
    assert {(each.status_code, each.headers["content-language"]) for each in asked} == {(200, "en")}
    assert len({re.sub(r"nonce[-=][^'>]+", "", each.text) for each in asked}) == 1
    assert len(counted) == 2 * len(wrong)
    assert len(await chosen(world, member)) == 2
    assert (await http.delete(path)).status_code == 405


async def test_the_address_is_in_no_log_and_no_metric(world: World, http: httpx.AsyncClient) -> None:
    _, path = await mailed(world)
    token = path.rpartition("/")[2]
    with structlog.testing.capture_logs() as lines:
        await http.get(path)
        await http.post(path)
    assert [each["route"] for each in lines if each["event"] == "request"] == ["/turn-off/{token}"] * 2
    assert token not in str(lines) + (await http.get("/metrics")).text


async def test_a_body_that_is_too_large_is_refused_there_too(http: httpx.AsyncClient) -> None:
    answer = await http.post("/turn-off/x", content=b"x" * 300_000, headers=ONE_CLICK)
    assert answer.status_code == 413
