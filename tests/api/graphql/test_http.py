"""GraphQL over HTTP: which status and which media type for which request."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from graphql import get_introspection_query
from strawberry.extensions import ParserCache

from app.api.graphql.http import GRAPHQL, JSON, MAX_BODY, GraphQLEndpoint, negotiate
from tests.api.graphql.toy import toy_client, toy_endpoint, toy_schema

POST_JSON = {"content-type": "application/json"}


@pytest.fixture
def endpoint() -> GraphQLEndpoint:
    return toy_endpoint()


@pytest.fixture
async def client(endpoint: GraphQLEndpoint) -> AsyncIterator[httpx.AsyncClient]:
    async with toy_client(endpoint) as opened:
        yield opened


async def ask(client: httpx.AsyncClient, query: object, **members: object) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **members})


TWO = "query A{hello} query B{hello}"
NUMBER = "query($n: Int!){echo(number: $n)}"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"query": "{hello}"}, 200, None),
        ({"query": "{hello}", "variables": None, "operationName": None, "extensions": None}, 200, None),
        ({"query": "{hello}", "somethingElse": 1}, 200, None),
        ({"query": TWO, "operationName": "B"}, 200, None),
        ({"query": NUMBER, "variables": {"n": 1, "unused": 2}}, 200, None),
        ({"query": 'mutation{rename(name: "a")}'}, 200, None),
        ({"query": "{boom}"}, 200, "shared.surprise"),
        ({"query": "{mustNotBeNull}"}, 200, "shared.surprise"),
        ({"query": "{closed}"}, 200, "toy.closed"),
        (b"", 400, "graphql.bad_json"),
        (b"NONSENSE", 400, "graphql.bad_json"),
        (b'{"query":', 400, "graphql.bad_json"),
        (b'{"query": "{hello}", "variables": {"n": NaN}}', 400, "graphql.bad_json"),
        (b"\xff\xfe", 400, "graphql.bad_json"),
        ({"query": "{"}, 400, "graphql.syntax"),
        ({"query": ""}, 400, "graphql.syntax"),
        ({"query": "\ud800"}, 400, "graphql.syntax"),
        ({}, 422, "graphql.bad_request"),
        ({"qeury": "{hello}"}, 422, "graphql.bad_request"),
        ([{"query": "{hello}"}], 422, "graphql.bad_request"),
        (b'"{hello}"', 422, "graphql.bad_request"),
        (b"null", 422, "graphql.bad_request"),
        ({"query": 1}, 422, "graphql.bad_request"),
        ({"query": "{hello}", "variables": [1]}, 422, "graphql.bad_request"),
        ({"query": "{hello}", "operationName": 1}, 422, "graphql.bad_request"),
        ({"query": "{hello}", "extensions": "x"}, 422, "graphql.bad_request"),
        ({"query": "{nothing}"}, 422, "graphql.validation"),
        ({"query": "type A {b: Int}"}, 422, "graphql.validation"),
        ({"query": "fragment A on Query{hello}"}, 422, "graphql.validation"),
        ({"query": NUMBER}, 422, "graphql.variables"),
        ({"query": NUMBER, "variables": {"n": "x"}}, 422, "graphql.variables"),
        ({"query": TWO}, 422, "graphql.operation_name_needed"),
        ({"query": TWO, "operationName": "C"}, 422, "graphql.unknown_operation"),
        ({"query": "{hello}", "operationName": ""}, 422, "graphql.unknown_operation"),
        ({"query": "subscription{ticks}"}, 422, "graphql.subscription"),
        ({"query": "{group" + "{parent" * 10 + "{name}" + "}" * 11}, 422, "graphql.too_deep"),
        ({"query": "{__schema{queryType{name}}}"}, 403, "graphql.introspection_off"),
    ],
)
async def test_status_by_what_was_asked(client, body, status, code) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = await client.post("/graphql", content=content, headers=POST_JSON)
    assert response.status_code == status
    assert response.headers["content-type"] == f"{GRAPHQL}; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    errors = response.json().get("errors", [])
    assert [error["extensions"]["code"] for error in errors] == ([code] if code else [])
    assert ("data" in response.json()) is (status == 200)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_only_post(client, method) -> None:
    response = await client.request(method, "/graphql", params={"query": "{hello}"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "application/jsonx",
    ],
)
async def test_only_json_is_read(client, content_type) -> None:
    headers = {"content-type": content_type} if content_type else {}
    response = await client.post("/graphql", content=b'{"query": "{hello}"}', headers=headers)
    assert (response.status_code, response.json()["code"]) == (415, "graphql.unsupported_media_type")


@pytest.mark.parametrize(
    "content_type", ["application/json;charset=UTF-8", 'Application/JSON; charset="utf-8"']
)
async def test_json_may_name_its_encoding(client, content_type) -> None:
    response = await client.post(
        "/graphql", content=b'{"query": "{hello}"}', headers={"content-type": content_type}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ([], GRAPHQL),
        (["*/*"], GRAPHQL),
        (["application/*"], GRAPHQL),
        ([GRAPHQL], GRAPHQL),
        ([JSON], JSON),
        ([f"{JSON}; charset=utf-8"], JSON),
        ([f"{JSON}, {GRAPHQL}"], GRAPHQL),
        ([f"{GRAPHQL};q=0.5, {JSON}"], JSON),
        ([f"{GRAPHQL}, {JSON};q=0.9"], GRAPHQL),
        ([f"{GRAPHQL};q=0, */*"], JSON),
        ([f"{GRAPHQL};q=0"], None),
        (["text/html", JSON], JSON),
        (["text/html"], None),
        (["application/xml;q=1"], None),
        ([f"{JSON};q=nan"], None),
    ],
)
def test_media_type_by_accept(accept, media_type) -> None:
    assert negotiate(accept) == media_type


async def test_what_we_cannot_answer_in_is_not_acceptable(client) -> None:
    response = await client.post("/graphql", json={"query": "{hello}"}, headers={"accept": "text/html"})
    assert (response.status_code, response.json()["code"]) == (406, "graphql.not_acceptable")


async def test_a_client_of_the_old_kind_gets_plain_json_for_what_went_well(client) -> None:
    accept = {"accept": "application/json"}
    good = await client.post("/graphql", json={"query": "{hello}"}, headers=accept)
    assert (good.status_code, good.headers["content-type"]) == (200, f"{JSON}; charset=utf-8")
    bad = await client.post("/graphql", json={"query": "{nothing}"}, headers=accept)
    assert (bad.status_code, bad.headers["content-type"]) == (422, f"{GRAPHQL}; charset=utf-8")


async def test_a_body_that_is_too_long(client) -> None:
    long = json.dumps({"query": "{hello}", "variables": {"x": "y" * MAX_BODY}}).encode()
    response = await client.post("/graphql", content=long, headers=POST_JSON)
    assert (response.status_code, response.json()["code"]) == (413, "graphql.body_too_large")


@pytest.mark.parametrize("depth", [5, 150, 900, 20_000, 30_000])
async def test_deeply_nested_variables_are_the_callers_fault(client, depth) -> None:
    nest = '{"inner":' * depth + "{}" + "}" * depth
    query = "query($nest: Nest!){depthOf(nest: $nest)}"
    body = f'{{"query": "{query}", "variables": {{"nest": {nest}}}}}'.encode()
    response = await client.post("/graphql", content=body, headers=POST_JSON)
    assert response.status_code in ({200} if depth == 5 else {200, 400, 413, 422})
    if depth >= 900:
        assert response.status_code >= 400


async def test_cost_is_worked_out_again_for_each_set_of_variables(client, endpoint) -> None:
    query = "query($n: Int){recent(first: $n){name}}"
    for number, status in ((2_000, 200), (2_001, 422), (2_001.0, 422), (1, 200)):
        response = await ask(client, query, variables={"n": number})
        assert response.status_code == status
    assert endpoint.documents.hits == 3


async def test_documents_are_prepared_once(client, endpoint) -> None:
    for _ in range(3):
        assert (await ask(client, "{hello}")).json()["data"] == {"hello": "hei"}
    assert (endpoint.documents.hits, endpoint.documents.misses) == (2, 1)


async def test_developers_may_introspect(client) -> None:
    body = {"query": get_introspection_query()}
    allowed = await client.post("/graphql", json=body, headers={"x-developer": "yes"})
    assert allowed.status_code == 200
    assert "errors" not in allowed.json()
    assert (await client.post("/graphql", json=body)).status_code == 403


async def test_typename_is_no_introspection(client) -> None:
    assert (await ask(client, "{__typename}")).json()["data"] == {"__typename": "Query"}
    assert (await ask(client, '{__type(name: "Query"){name}}')).status_code == 403


def test_extensions_that_would_not_run_are_refused() -> None:
    with pytest.raises(ValueError, match="would not run"):
        toy_endpoint(schema=toy_schema(extensions=[ParserCache]))
