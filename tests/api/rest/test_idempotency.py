"""Sending a request again with its key is the same as sending it once, in both ways in (R10, R11, G11)."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from app.domain.shared.actor import Actor
from app.services.ports.paging import FIRST_PAGE
from tests.api.rest.conftest import Asking, Person
from tests.support.world import World

FORM = {"form": "in_person", "area": "Fjordby", "language": "nb", "theme": "Grief"}
MUTATION = """
mutation($organisation: UUID!, $area: String!) {
  one: formGroup(organisationId: $organisation, form: IN_PERSON, area: $area, language: "nb") {
    __typename ... on Group { id area } ... on Problem { code status }
  }
  two: formGroup(organisationId: $organisation, form: VIDEO, area: $area, language: "nb") {
    __typename ... on Group { id area } ... on Problem { code status }
  }
}"""


def key() -> str:
    return f'"{uuid4()}"'


async def groups(world: World) -> int:
    found = await world.do.groups.list_groups(
        world.coordinator, world.organisation, FIRST_PAGE, None, None, None
    )
    return len(found.items)


def forming(person: Person, world: World) -> Callable[..., Any]:
    url = f"/v1/organisations/{world.organisation}/groups"
    return lambda body=FORM, **headers: person.ask("POST", url, body, **headers)


async def test_again_gives_the_same_bytes_and_does_nothing(world: World, asking: Asking) -> None:
    form, same = forming(asking(world.coordinator), world), key()
    first = await form(idempotency_key=same)
    assert first.status_code == 201
    assert "idempotency-replayed" not in first.headers
    for spelling in (same, same.strip('"')):
        again = await form(idempotency_key=spelling)
        assert again.headers["idempotency-replayed"] == "true"
        assert (again.status_code, again.content) == (first.status_code, first.content)
        for name in ("location", "etag", "content-language"):
            assert again.headers[name] == first.headers[name]
    assert await groups(world) == 1
    without = await form()
    assert without.json()["id"] != first.json()["id"]
    assert await groups(world) == 2


async def test_the_same_key_for_something_else_is_refused(world: World, asking: Asking) -> None:
    person, same = asking(world.coordinator), key()
    form = forming(person, world)
    first = await form(idempotency_key=same)
    other = await form({**FORM, "area": "Elsewhere"}, idempotency_key=same)
    assert (other.status_code, other.json()["code"]) == (422, "shared.idempotency_mismatch")
    elsewhere = await person.ask(
        "POST",
        f"/v1/groups/{first.json()['id']}/placements",
        {"person_id": str(uuid4())},
        idempotency_key=same,
    )
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "shared.idempotency_mismatch")
    assert await groups(world) == 1


async def test_five_at_once_have_one_effect(world: World, asking: Asking) -> None:
    form = forming(asking(world.coordinator), world)
    for _ in range(20):
        before, same = await groups(world), key()
        answers = await asyncio.gather(*(form(idempotency_key=same) for _ in range(5)))
        good = [answer for answer in answers if answer.status_code == 201]
        late = [answer for answer in answers if answer.status_code != 201]
        assert good
        assert len({answer.content for answer in good}) == 1
        assert sum("idempotency-replayed" not in answer.headers for answer in good) == 1
        assert {answer.json()["code"] for answer in late} <= {"shared.idempotency_in_progress"}
        assert await groups(world) == before + 1


async def test_a_key_is_its_person_s_own(world: World, asking: Asking) -> None:
    same = key()
    people: list[Actor] = [await world.registered("one"), await world.registered("two")]
    url = f"/v1/organisations/{world.organisation}/my-readiness"
    answers = [await asking(person).ask("POST", url, idempotency_key=same) for person in people]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [answer.json()["person_id"] for answer in answers] == [str(person.person_id) for person in people]
    assert not any("idempotency-replayed" in answer.headers for answer in answers)


async def test_what_was_refused_may_be_tried_again_with_the_same_key(world: World, asking: Asking) -> None:
    """A refusal leaves nothing behind, no claim on the key either."""
    same, person = key(), await world.person("late")
    url = f"/v1/organisations/{world.organisation}/my-readiness"
    refused = await asking(person).ask("POST", url, idempotency_key=same)
    assert refused.json()["code"] == "organisations.not_registered"
    await world.do.organisations.register(person, world.organisation, "Late")
    done = await asking(person).ask("POST", url, idempotency_key=same)
    assert done.status_code == 201
    assert "idempotency-replayed" not in done.headers


async def test_graphql_keeps_a_key_for_each_field(world: World, asking: Asking) -> None:
    person, same = asking(world.coordinator), key()

    async def send(area: str) -> dict[str, Any]:
        body = {"query": MUTATION, "variables": {"organisation": str(world.organisation), "area": area}}
        answer = await person.ask("POST", "/graphql", body, idempotency_key=same)
        found: dict[str, Any] = answer.json()["data"]
        return found

    first = await send("Fjordby")
    assert [first[name]["__typename"] for name in ("one", "two")] == ["Group", "Group"]
    assert first["one"]["id"] != first["two"]["id"]
    assert await send("Fjordby") == first
    assert await groups(world) == 2
    other = await send("Elsewhere")
    assert {other[name]["code"] for name in ("one", "two")} == {"shared.idempotency_mismatch"}
    assert await groups(world) == 2
