"""Polling the feed by HTTP: nothing new is a 304, what is too old is a 410 that says what to do."""

import pytest

from tests.api.rest.conftest import Asking
from tests.support.courses_world import course_of
from tests.support.world import World


async def test_nothing_new_is_a_304_until_something_happens(world: World, asking: Asking) -> None:
    me, address = asking(world.coordinator), f"/v1/organisations/{world.organisation}/events"
    start = (await me.get(address)).json()["next"]
    address = f"{address}?after={start}"
    idle = await me.get(address)
    assert (idle.json()["events"], idle.json()["more"]) == ([], False)
    again = await me.get(address, if_none_match=idle.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    group = await world.forming(2)
    assert group.members
    course = await course_of(world)
    told = await me.get(f"{address}&types=no.such", if_none_match=idle.headers["etag"])
    assert (told.status_code, told.json()["code"]) == (422, "events.type_unknown")
    assert "no.such." in told.json()["detail"]
    assert "/docs/guides/events" in told.json()["next"]
    never = await me.get(f"{address}&types=group.ballot.closed,course.created")
    assert (never.status_code, never.json()["code"]) == (422, "events.type_not_told")
    assert never.json()["errors"] == [{"pointer": "/types", "where": "query", "code": "events.type_not_told"}]
    assert "group.ballot.closed." in never.json()["detail"]
    assert "course.created" not in never.json()["detail"]
    told = await me.get(address, if_none_match=idle.headers["etag"])
    assert told.status_code == 200
    event = told.json()["events"][-1]
    assert (event["type"], event["data"]["course_id"]) == ("course.created", str(course.id))
    assert set(event) == {
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
async def test_what_is_too_old_is_gone_and_what_to_do_is_said(
    world: World, asking: Asking, language: str
) -> None:
    me, address = asking(world.coordinator), f"/v1/organisations/{world.organisation}/events"
    start = (await me.get(address)).json()["next"]
    world.forward(days=30)
    gone = await me.get(f"{address}?after={start}", accept_language=language)
    assert (gone.status_code, gone.json()["code"]) == (410, "events.forgotten")
    assert "28" in gone.json()["detail"]
    assert "`after`" in gone.json()["next"]
