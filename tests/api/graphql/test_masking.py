"""What errors say, and what they never say: suggestions, values, and what was not foreseen."""

import json
import logging
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.api.graphql.toy import SECRET, toy_client, toy_endpoint


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with toy_client(toy_endpoint()) as opened:
        yield opened


async def ask(client: httpx.AsyncClient, query: object, **members: object) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **members})


def only_error(response: httpx.Response) -> dict[str, object]:
    (error,) = response.json()["errors"]
    return error


NUMBER = "query($n: Int!){echo(number: $n)}"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{helo}", {}),
        ("{groups(fist: 1){edges{node{name}}}}", {}),
        ("{hello ...on Grup{name}}", {}),
        ("query($n: Nst){hello}", {}),
        ("query($n: Nest!){depthOf(nest: $n)}", {"n": {"nam": 1}}),
        ("{depthOf(nest: {inr: null})}", {}),
    ],
)
async def test_nothing_is_suggested(client, query, variables) -> None:
    response = await ask(client, query, variables=variables)
    assert response.status_code == 422
    assert "Did you mean" not in response.text


@pytest.mark.parametrize(
    ("query", "variables", "message"),
    [
        ('{echo(number: "SECRET")}', {}, "Int cannot represent non-integer value."),
        ("{echo(word: SECRET)}", {}, "String cannot represent a non string value."),
        ("{depthOf(nest: SECRET)}", {}, "Expected value of type 'Nest' to be an object."),
        (
            '{depthOf(nest: {nope: "SECRET"})}',
            {},
            "Expected value of type 'Nest' not to include unknown fields.",
        ),
        (NUMBER, {"n": "SECRET"}, "Variable '$n' of type 'Int!': Int cannot represent non-integer value."),
        (
            NUMBER,
            {"n": None},
            "Variable '$n' of type 'Int!': Expected value of non-null type 'Int!' not to be None.",
        ),
        (
            "query($n: Nest!){depthOf(nest: $n)}",
            {"n": {"nope": "SECRET"}},
            "Variable '$n' of type 'Nest!': Expected value of type 'Nest' not to include unknown fields.",
        ),
        (
            "query($n: Nest!){depthOf(nest: $n)}",
            {"n": {"SECRET has Expected value of type 'SECRET'": 1}},
            "Variable '$n' of type 'Nest!': Expected value of type 'Nest'.",
        ),
        (
            "query($c: Colour!){paint(colour: $c)}",
            {"c": "Expected value of type 'SECRET'"},
            "Variable '$c' of type 'Colour!': A value does not fit the type that is expected here.",
        ),
        ('{echo("SECRET")}', {}, "Syntax Error: Expected Name, found String."),
        ("{SECRET}", {}, "Syntax Error: Expected Name, found Int."),
    ],
)
async def test_values_are_not_sent_back(client, query, variables, message) -> None:
    digits = json.loads(json.dumps(variables).replace("SECRET", SECRET))
    response = await ask(client, query.replace("SECRET", SECRET[1:]), variables=digits)
    assert response.status_code in {400, 422}
    assert SECRET[1:] not in response.text
    assert only_error(response)["message"] == message


async def test_a_variable_error_says_where(client) -> None:
    query = "query($n: Nest!){depthOf(nest: $n)}"
    response = await ask(client, query, variables={"n": {"inner": {"name": 1}}})
    assert only_error(response)["extensions"] == {
        "code": "graphql.variables",
        "pointer": "/variables/n/inner/name",
    }


async def test_an_argument_that_a_variable_spoils_is_the_callers_fault(client, caplog) -> None:
    query = "query($n: Int = 5){echo(number: $n)}"
    response = await ask(client, query, variables={"n": None})
    error = only_error(response)
    assert (response.status_code, error["extensions"]) == (200, {"code": "graphql.bad_argument"})
    assert not caplog.records


async def test_surprises_are_masked_and_logged_without_values(client, caplog) -> None:
    query = "query($w: String!){x" + SECRET + ": boom(word: $w)}"
    with caplog.at_level(logging.DEBUG):
        response = await ask(client, query, variables={"w": "confided"})
    assert response.json()["data"] == {f"x{SECRET}": None}
    error = only_error(response)
    assert error["message"] == "Something went wrong on our side."
    assert error["extensions"] == {"code": "shared.surprise", "request_id": "req-1"}
    assert "confided" not in response.text
    assert "SELECT" not in response.text
    (record,) = (record for record in caplog.records if record.name == "app.api.graphql")
    said = logging.Formatter().format(record)
    assert "field boom (request req-1): builtins.RuntimeError at " in said
    assert "caused by builtins.ConnectionError at api/graphql/toy.py:" in said
    assert "confided" not in caplog.text
    assert SECRET not in caplog.text


async def test_a_refusal_of_the_domain_shows_its_face(client, caplog) -> None:
    error = only_error(await ask(client, "{closed}"))
    assert error == {
        "message": "Lukket.",
        "locations": [{"line": 1, "column": 2}],
        "path": ["closed"],
        "extensions": {"code": "toy.closed", "rules": ["A-01"], "pointer": "/group"},
    }
    assert not caplog.records


async def test_null_where_none_may_be_is_still_a_response(client) -> None:
    response = await ask(client, "{mustNotBeNull}")
    assert (response.status_code, response.json()["data"]) == (200, None)


async def test_at_most_ten_errors_are_told(client) -> None:
    response = await ask(client, "{group{" + " ".join(f"no{i}" for i in range(100)) + "}}")
    assert len(response.json()["errors"]) == 11
