"""The schema that is really served: hostile variables through every mutation, and the same refusals as in REST."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLSchema,
    get_nullable_type,
    is_required_argument,
)

from app.api.graphql.schema import make_schema
from app.api.rest.examples import BODIES
from app.api.shared.operations import ALL, Operation
from tests.support.hostile import BAD_IDS, CANARY, UNREADABLE, as_json, wrong_bodies
from tests.support.world import World

ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
KINDS = {name: kind for operation in ALL for name, kind in operation.path_types.items()}
ENUMS = {
    name: next(iter(kind))
    for name, kind in KINDS.items()
    if isinstance(kind, type) and issubclass(kind, Enum)
}
CHOICES = {name: ENUMS[name].name if name in ENUMS else "A-01" for name in KINDS}
IN_REST = {name: str(ENUMS[name].value) if name in ENUMS else "A-01" for name in KINDS}
TAKING = [operation for operation in ALL if operation.takes is not None]
PLAIN = [operation for operation in ALL if operation.read_before is None]
"""REST reads before it changes these, to know the version; GraphQL is told."""
GRAPHQL = "application/graphql-response+json; charset=utf-8"


_ACCEPTED = ("version = ", "signpostedTo = ", "agreement/points = ")
"""Any number may be a version that somebody has read, and GraphQL takes one value for a list of one."""


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return make_schema()._schema


@pytest.fixture
async def headers(world: World, token: Callable[[str], str]) -> dict[str, str]:
    assert world.administrator.subject is not None
    return {
        "Authorization": f"Bearer {token(world.administrator.subject)}",
        "Content-Type": "application/json",
        "Accept-Language": "en",
    }


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def arguments_of(schema: GraphQLSchema, operation: Operation) -> dict[str, GraphQLArgument]:
    root = schema.query_type if operation.is_query else schema.mutation_type
    assert root is not None
    found: dict[str, GraphQLArgument] = root.fields[camel(operation.name)].args
    return found


def as_variable(kind: GraphQLInputType, value: Any) -> Any:
    """A value of a REST body as GraphQL writes it: enums by name, members in camel case."""
    inner = get_nullable_type(kind)
    match inner:
        case _ if value is None:
            return None
        case GraphQLEnumType():
            return str(value).upper().replace(".", "_")
        case GraphQLInputObjectType():
            return {
                camel(name): as_variable(inner.fields[camel(name)].type, member)
                for name, member in value.items()
            }
        case GraphQLList():
            return [as_variable(inner.of_type, item) for item in value]
    return value


def document_of(schema: GraphQLSchema, operation: Operation) -> str:
    """A document that calls the operation with a variable for each argument."""
    given = variables_of(schema, operation)
    arguments = {name: found for name, found in arguments_of(schema, operation).items() if name in given}
    declared = ", ".join(f"${name}: {argument.type}" for name, argument in arguments.items())
    passed = ", ".join(f"{name}: ${name}" for name in arguments)
    kind = "query" if operation.is_query else "mutation"
    return (
        f"{kind} Call{f'({declared})' if declared else ''} "
        f"{{ answer: {camel(operation.name)}{f'({passed})' if passed else ''} "
        "{ __typename ... on Problem { code status title detail next rules errors { pointer code } } } }"
    )


def variables_of(schema: GraphQLSchema, operation: Operation) -> dict[str, Any]:
    """Variables that are well-formed, and ids of things that aren't there."""
    arguments = arguments_of(schema, operation)
    found: dict[str, Any] = {camel(name): CHOICES.get(name, ID) for name in operation.path_names}
    if "version" in arguments:
        found["version"] = 1
    if operation.takes is not None:
        for name, value in BODIES[operation.takes.__name__].items():
            found[camel(name)] = as_variable(arguments[camel(name)].type, value)
    return found


def refused(answer: httpx.Response, case: str) -> str:
    """Refused as a request, or with a `Problem` in its place: the code, and nothing of what was sent."""
    assert answer.status_code in (200, 400, 413, 415, 422), (case, answer.status_code, answer.text)
    said = answer.text + repr(answer.headers.raw)
    for trace in (CANARY, "Traceback", "asyncpg", "pydantic", "strawberry", "SELECT", "Exception"):
        assert trace not in said, (case, trace, answer.text)
    content = answer.json()
    if answer.headers["content-type"] == "application/problem+json":
        return str(content["code"])
    assert answer.headers["content-type"] == GRAPHQL
    if answer.status_code == 200:
        assert "errors" not in content, (case, content)
        problem = content["data"]["answer"]
        assert problem["__typename"] == "Problem", (case, content)
        assert 400 <= problem["status"] < 500, (case, content)
        assert problem["title"]
        assert problem["next"]
        return str(problem["code"])
    assert "data" not in content
    return str(content["errors"][0]["extensions"]["code"])


async def call(
    http: httpx.AsyncClient, headers: dict[str, str], document: str, variables: Any
) -> httpx.Response:
    body = as_json({"query": document, "variables": variables, "operationName": "Call"})
    return await http.post("/graphql", content=body, headers=headers)


@pytest.mark.parametrize("operation", TAKING, ids=lambda operation: operation.name)
async def test_hostile_variables(
    http: httpx.AsyncClient, headers: dict[str, str], schema: GraphQLSchema, operation: Operation
) -> None:
    document, good = document_of(schema, operation), variables_of(schema, operation)
    ids = {camel(name) for name in operation.path_names}
    for name, variables in wrong_bodies(good):
        if isinstance(variables, dict) and any(variables.get(key) != good[key] for key in ids):
            continue
        if variables is None or (isinstance(variables, dict) and variables.keys() - good.keys()):
            continue  # no variables at all, or one that the document doesn't declare: the specification lets them be
        code = refused(await call(http, headers, document, variables), name)
        if not name.startswith(_ACCEPTED):
            assert code in {"graphql.variables", "graphql.bad_request", "shared.invalid"}, (name, code)
    for bad in BAD_IDS:
        for key in ids - {camel(name) for name in CHOICES}:
            refused(await call(http, headers, document, {**good, key: bad}), f"{key} = {bad[:40]}")
    for version in (0, -1, 2**31, 2**63 - 1, "1", True, None, 1.5):
        if "version" in good:
            refused(await call(http, headers, document, {**good, "version": version}), f"version {version}")


async def test_bodies_that_are_no_json(http: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for name, body in UNREADABLE.items():
        answer = await http.post("/graphql", content=body, headers=headers)
        assert answer.status_code == 400, name
        refused(answer, name)


async def test_unreadable_values_as_variables(http: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for name, value in UNREADABLE.items():
        body = b'{"query": "query Call { answer: readMe { __typename } }", "variables": ' + value + b"}"
        answer = await http.post("/graphql", content=body, headers=headers)
        assert answer.status_code == 400, name
        refused(answer, name)


@pytest.mark.parametrize("operation", PLAIN, ids=lambda operation: operation.name)
async def test_the_same_refusal_as_in_rest(
    http: httpx.AsyncClient, headers: dict[str, str], schema: GraphQLSchema, operation: Operation
) -> None:
    """Where nothing is there, or nobody asks: the same code, status and words both ways."""
    document, good = document_of(schema, operation), variables_of(schema, operation)
    required = {
        name for name, argument in arguments_of(schema, operation).items() if is_required_argument(argument)
    }
    assert required <= good.keys()
    place = {name: IN_REST.get(name, ID) for name in operation.path_names}
    body = as_json(BODIES[operation.takes.__name__]) if operation.takes is not None else None
    for given in (headers, {name: value for name, value in headers.items() if name != "Authorization"}):
        rest = await http.request(
            operation.method, operation.path.format(**place), content=body, headers={**given, "If-Match": "*"}
        )
        graphql = (await call(http, given, document, good)).json()["data"]["answer"]
        if rest.status_code < 400:
            assert graphql["__typename"] != "Problem"
            continue
        problem = rest.json()
        shared = ("code", "status", "title", "detail", "next", "rules")
        assert {name: graphql[name] for name in shared} == {name: problem[name] for name in shared}


def test_every_list_of_the_schema_has_a_known_size(schema: GraphQLSchema) -> None:
    """Cost is reckoned by the sizes of lists: one that nobody has told is reckoned with 25."""
    assert schema.query_type is not None
    for operation in ALL:
        if operation.shape == "page":
            assert "first" in arguments_of(schema, operation), operation.name


def test_documents_fit_the_limits(schema: GraphQLSchema) -> None:
    """The document of each operation, with every argument, is far below what is answered."""
    for operation in ALL:
        assert len(document_of(schema, operation)) < 2_000, operation.name
