"""Pages: whole, without doubles while others write, and with cursors that are good for one thing (R12, R13, R14)."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.api.rest.conftest import Asking, Person
from tests.support.world import World

NAMES = 12


async def pages(person: Person, url: str, limit: int, between: Any = None) -> list[list[dict[str, Any]]]:
    """Every page from first to last."""
    found: list[list[dict[str, Any]]] = []
    cursor: str | None = None
    while True:
        query = httpx.QueryParams({"limit": limit, **({"cursor": cursor} if cursor else {})})
        answer = await person.get(f"{url}?{query}")
        assert answer.status_code == 200, answer.text
        content = answer.json()
        assert content.keys() == {"items", "next_cursor"}
        found.append(content["items"])
        cursor = content["next_cursor"]
        if cursor is None:
            return found
        if between is not None:
            await between()


@pytest.fixture
async def registrations(world: World) -> str:
    """A list with a dozen people and more in it."""
    await asyncio.gather(*(world.registered(f"somebody{n}") for n in range(NAMES)))
    return f"/v1/organisations/{world.organisation}/registrations"


@pytest.mark.parametrize("limit", [1, 2, 5, 13, 14, 100])
async def test_all_pages_together_are_the_list(
    world: World, asking: Asking, registrations: str, limit: int
) -> None:
    person = asking(world.coordinator)
    whole = (await person.get(f"{registrations}?limit=100")).json()["items"]
    assert len(whole) >= NAMES
    found = await pages(person, registrations, limit)
    assert [entry for page in found for entry in page] == whole
    assert all(len(page) == limit for page in found[:-1])
    assert found[-1]


async def test_nobody_is_lost_or_doubled_while_others_come(
    world: World, asking: Asking, registrations: str
) -> None:
    person = asking(world.coordinator)
    before = {
        entry["person_id"] for entry in (await person.get(f"{registrations}?limit=100")).json()["items"]
    }

    async def somebody_comes() -> None:
        await world.registered("newcomer")

    found = [
        entry["person_id"] for page in await pages(person, registrations, 3, somebody_comes) for entry in page
    ]
    assert len(found) == len(set(found))
    assert before <= set(found)


async def test_a_cursor_is_good_for_its_list_its_filters_and_its_person(
    world: World, asking: Asking, registrations: str
) -> None:
    person, other = asking(world.coordinator), asking(world.administrator)
    cursor = (await person.get(f"{registrations}?limit=2")).json()["next_cursor"]
    assert (await person.get(f"{registrations}?limit=5&cursor={cursor}")).status_code == 200
    elsewhere = f"/v1/organisations/{world.organisation}/groups"
    for answer in (
        await person.get(f"{registrations}?limit=2&role=coordinator&cursor={cursor}"),
        await other.get(f"{registrations}?limit=2&cursor={cursor}"),
        await other.get(f"{elsewhere}?cursor={cursor}"),
        await person.get(f"/v1/organisations?cursor={cursor}"),
    ):
        assert (answer.status_code, answer.json()["code"]) in [
            (400, "shared.cursor_mismatch"),
            (403, "organisations.not_staff"),
        ]
    assert (await person.get(f"/v1/organisations?cursor={cursor}")).status_code == 400


async def test_a_cursor_with_any_letter_changed_is_none(
    world: World, asking: Asking, registrations: str
) -> None:
    person = asking(world.coordinator)
    cursor = (await person.get(f"{registrations}?limit=2")).json()["next_cursor"]
    for place in range(len(cursor)):
        other = "A" if cursor[place] != "A" else "B"
        changed = f"{cursor[:place]}{other}{cursor[place + 1 :]}"
        answer = await person.get(f"{registrations}?cursor={changed}")
        assert (answer.status_code, answer.json()["code"]) == (400, "shared.cursor_mismatch"), place
    for rubbish in ("", "x", cursor[:-1], f"{cursor}A", f"{cursor}=", cursor * 3, "%F0%9F%92%A3"):
        answer = await person.get(f"{registrations}?cursor={rubbish}")
        assert answer.status_code == 400, rubbish


@pytest.mark.parametrize("limit", ["0", "-1", "101", "1000000000", "1.0", "1_0", "", "true", "9" * 400])
async def test_limits_have_bounds(world: World, asking: Asking, registrations: str, limit: str) -> None:
    answer = await asking(world.administrator).get(f"{registrations}?limit={limit}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/limit")


async def test_graphql_goes_on_where_rest_stopped(world: World, asking: Asking, registrations: str) -> None:
    """The same question has the same cursors in both ways in."""
    person = asking(world.coordinator)
    whole = (await person.get(f"{registrations}?limit=100")).json()["items"]
    cursor = (await person.get(f"{registrations}?limit=4")).json()["next_cursor"]
    query = (
        "query($id: UUID!, $after: String) { listRegistrations(organisationId: $id, first: 3, after: $after)"
        " { ... on RegistrationPage { items { personId } nextCursor } ... on Problem { code } } }"
    )
    variables = {"id": str(world.organisation), "after": cursor}
    answer = await person.ask("POST", "/graphql", {"query": query, "variables": variables})
    found = answer.json()["data"]["listRegistrations"]
    assert [entry["personId"] for entry in found["items"]] == [entry["person_id"] for entry in whole[4:7]]
    rest = await person.get(f"{registrations}?limit=100&cursor={found['nextCursor']}")
    assert rest.json()["items"] == whole[7:]
    variables["after"] = f"{cursor[:-2]}AA"
    answer = await person.ask("POST", "/graphql", {"query": query, "variables": variables})
    assert answer.json()["data"]["listRegistrations"] == {"code": "shared.cursor_mismatch"}
