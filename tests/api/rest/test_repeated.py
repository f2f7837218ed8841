"""A query parameter that is named twice is refused: the last would count, and the others be lost in silence."""

from collections.abc import Iterator
from http import HTTPMethod

import pytest

from app.api.rest.build import rest_routes
from app.api.rest.news import PATH, NewsFilter
from app.api.rest.route import OperationRoute
from app.api.shared.operations import ALL, Operation
from app.content.texts import Texts
from tests.api.rest.conftest import Asking
from tests.api.rest.test_hostile import url_of
from tests.support.world import World

OURS: dict[str, OperationRoute] = {route.name: route for route in rest_routes()}


def places() -> Iterator[tuple[str, str, str]]:
    """Method, address and name of every query parameter that the document tells of."""
    for operation in ALL:
        for parameter in OURS[operation.name].fastapi.dependant.query_params:
            for name in parameter.field_info.annotation.model_fields:  # type: ignore[union-attr]
                yield operation.method, url_of(operation), name
    for name in NewsFilter.model_fields:
        yield HTTPMethod.GET, PATH, name


async def test_whatever_is_a_parameter_is_named_once(world: World, asking: Asking) -> None:
    me, tried = asking(world.administrator), list(places())
    assert {("GET", "types"), ("GET", "limit"), ("GET", "cursor")} <= {(each[0], each[2]) for each in tried}
    for method, address, name in tried:
        for query in (
            f"{name}=1&{name}=2",
            f"{name}=1&{name}=1",
            f"{name}=&x=1&%{ord(name[0]):x}{name[1:]}=5",
        ):
            answer = await me.ask(method, f"{address}?{query}")
            problem = answer.json()
            assert (answer.status_code, problem["code"]) == (422, "shared.invalid"), (address, query)
            places_told = [(each["pointer"], each["where"], each["code"]) for each in problem["errors"]]
            assert places_told == [(f"/{name}", "query", "repeated")], (address, query)


async def test_a_follower_who_writes_an_array_so_loses_no_events(world: World, asking: Asking) -> None:
    me, address = asking(world.coordinator), f"/v1/organisations/{world.organisation}/events"
    answer = await me.get(f"{address}?types=course.created&types=course.changed")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/types"
    assert (await me.get(f"{address}?types=course.created,course.changed")).status_code == 200


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
async def test_what_to_do_instead_is_said(world: World, asking: Asking, language: str) -> None:
    address = f"/v1/organisations/{world.organisation}/events?limit=abc&limit=5"
    answer = await asking(world.coordinator).get(address, accept_language=language)
    (told,) = answer.json()["errors"]
    assert told["detail"] == Texts.load().text("edge", "field.repeated", language)  # type: ignore[arg-type]


def _one(name: str) -> Operation:
    return next(operation for operation in ALL if operation.name == name)


@pytest.mark.parametrize(("name", "status"), [("list_events", 422), ("read_me", 200)])
async def test_a_name_that_is_no_parameter_is_what_it_is_once(
    world: World, asking: Asking, name: str, status: int
) -> None:
    operation = _one(name)
    address = operation.path.format(organisation_id=world.organisation)
    for query in ("kari.nordmann=1", "kari.nordmann=1&kari.nordmann=2"):
        answer = await asking(world.coordinator).get(f"{address}?{query}")
        assert answer.status_code == status
        assert "nordmann" not in answer.text
