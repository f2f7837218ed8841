"""Versions: what hasn't changed isn't sent again, and nobody writes over what they haven't read (R8, R9)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.api.rest.conftest import Asking, Person
from tests.support.meetings_world import ordinary
from tests.support.world import World

Target = tuple[Person, str, Callable[[int], dict[str, Any]]]


async def the_group(world: World, asking: Asking) -> Target:
    group = await world.meeting()
    body = {"form": "in_person", "area": "Fjordby", "language": "nb"}
    return asking(group.members[0]), f"/v1/groups/{group.id}", lambda n: {**body, "theme": f"Theme {n}"}


async def the_meeting(world: World, asking: Asking) -> Target:
    group = await world.meeting()
    at = ordinary(world.now + timedelta(days=9))  # a holiday's name would be said in the reader's language
    planned = await world.do.meetings.plan_meeting(group.members[0], group.id, at, "Library")
    later = (at + timedelta(days=1)).isoformat()
    return (
        asking(group.members[0]),
        f"/v1/meetings/{planned.id}",
        lambda n: {"starts_at": later, "place": f"Room {n}", "minutes": 90},
    )


async def the_policy(world: World, asking: Asking) -> Target:
    return (
        asking(world.administrator),
        f"/v1/organisations/{world.organisation}/policy",
        lambda n: {"settings": {"intake_mode": "self_declaration", "ballot_window_days": 14 + n}},
    )


@pytest.fixture(
    params=[the_group, the_meeting, the_policy], ids=["edit_group", "move_meeting", "adopt_policy"]
)
async def target(request: pytest.FixtureRequest, world: World, asking: Asking) -> Target:
    """Somebody, the address of a thing that they may change, and the body of the n-th change."""
    found: Target = await request.param(world, asking)
    return found


async def test_what_they_have_already_is_not_sent_again(target: Target) -> None:
    person, url, _ = target
    read = await person.get(url)
    assert read.status_code == 200
    tag = read.headers["etag"]
    again = await person.get(url, if_none_match=f'"other", W/{tag}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "content-type" not in again.headers
    assert (await person.get(url, if_none_match='"other"')).status_code == 200
    # Nothing in it is said in a language, so whoever reads in one and writes in another is not told of a change.
    assert (await person.get(url, accept_language="en")).headers["etag"] == (
        await person.get(url, accept_language="da")
    ).headers["etag"]


async def test_a_304_needs_the_same_right_as_a_200(
    world: World, asking: Asking, http: httpx.AsyncClient
) -> None:
    person, url, _ = await the_group(world, asking)
    tag = (await person.get(url)).headers["etag"]
    stranger = asking(await world.person("stranger"))
    for value in (tag, "*"):
        assert (await stranger.get(url, if_none_match=value)).status_code == 404
        assert (await http.get(url, headers={"If-None-Match": value})).status_code == 401


async def test_a_change_says_what_it_builds_on(target: Target) -> None:
    person, url, change = target
    before = await person.get(url)
    for missing in ({}, {"if_match": ""}, {"if_match": "  "}):
        answer = await person.ask("PUT", url, change(1), **missing)
        assert (answer.status_code, answer.json()["code"]) == (428, "shared.precondition_required")
    for stale in ('"other"', f"W/{before.headers['etag']}", before.headers["etag"].strip('"')):
        answer = await person.ask("PUT", url, change(1), if_match=stale)
        assert (answer.status_code, answer.json()["code"]) == (412, "shared.stale")
    assert (await person.get(url)).content == before.content
    changed = await person.ask("PUT", url, change(1), if_match=before.headers["etag"])
    assert changed.status_code == 200, changed.text
    assert (await person.get(url)).headers["etag"] == changed.headers["etag"] != before.headers["etag"]
    late = await person.ask("PUT", url, change(2), if_match=before.headers["etag"])
    assert (late.status_code, late.json()["code"]) == (412, "shared.stale")


async def test_of_many_at_once_exactly_one_succeeds(target: Target) -> None:
    person, url, change = target
    before = await person.get(url)
    answers = await asyncio.gather(
        *(person.ask("PUT", url, change(n), if_match=before.headers["etag"]) for n in range(1, 9))
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] + [412] * 7
    won = next(answer for answer in answers if answer.status_code == 200)
    now = (await person.get(url)).json()
    assert now["version"] == won.json()["version"] == before.json()["version"] + 1
    assert now == won.json()
