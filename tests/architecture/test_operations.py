"""The one table of operations, and the documents that are made from it: nothing is missing on either side."""

import ast
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from graphql import GraphQLObjectType, build_schema

from app.api.graphql.schema import make_schema
from app.api.shared.operations import ALL, Operation
from app.domain.shared.errors import DomainError, NotFound, all_refusals
from app.services.registry import Services
from tests.architecture.test_rooms import USE_CASES
from tests.architecture.tree import files, parsed

EVERYWHERE = {
    "shared.not_found": "an address that no route has, and what is hidden from outsiders",
    "shared.invalid": "any argument that can't be meant",
    "shared.unauthenticated": "any call that needs a token",
    "shared.token_expired": "any call that needs a token",
    "shared.busy": "any call that needs the database",
    "courses.import_differs": "a row of `import_courses`, which stands beside the table",
    "courses.import_row_too_long": "a row of `import_courses`, which stands beside the table",
    "courses.import_too_long": "the end of `import_courses`, which stands beside the table",
    "courses.import_too_slow": "the end of `import_courses`, which stands beside the table",
    "shared.too_many": "any call, where one caller asks for more than they may",
}
GENERAL: dict[str, str] = {}
BESIDE = {
    "read_calendar": "a file for calendar programs, which have no login: GraphQL has nothing like it",
    "import_courses": "rows that are streamed both ways: GraphQL has nothing like it",
    "follow_my_news": "a stream; GraphQL has it as a subscription",
}
"""What stands in the OpenAPI document and is no operation of both ways in."""
UNEXPOSED = {
    "meetings.list_upcoming": "a relation of GraphQL, loaded in batches",
    "courses.begin_course_import": "the beginning of `import_courses`",
    "courses.import_course_row": "a row of `import_courses`, by the rules of `announce_course`",
    "courses.finish_course_import": "the end of `import_courses`",
    "meetings.list_my_calendar_entries": "the appointments of FHIR, whose contract is its CapabilityStatement",
    "meetings.open_calendar": "what `read_calendar` answers with",
    "events.find_circle": "what `follow_my_news` begins with",
    "events.tell_news": "what `follow_my_news` asks at each event",
    "messages.turn_off": "what the address in a message does: no app calls it, and it asks for no login",
}
every_operation = pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)


def refusals() -> list[type[DomainError]]:
    """The refusals of the service itself, not those that a test has made."""
    return [refusal for refusal in all_refusals() if refusal.__module__.startswith("app.")]


def declared() -> set[type[DomainError]]:
    return {refusal for operation in ALL for refusal in operation.refuses}


def test_every_use_case_has_one_operation() -> None:
    exposed = [operation.use_case for operation in ALL]
    assert len(exposed) == len(set(exposed))
    unexposed = {name for name, kind in USE_CASES.items() if kind not in exposed}
    assert unexposed == set(UNEXPOSED)


def test_names_are_unique_and_addresses_too() -> None:
    names = [operation.name for operation in ALL]
    addresses = [(operation.method, operation.path) for operation in ALL]
    assert len(names) == len(set(names))
    assert len(addresses) == len(set(addresses))


@every_operation
def test_an_operation_picks_its_own_use_case(operation: Operation) -> None:
    feature, verb = next(name.split(".") for name, kind in USE_CASES.items() if kind is operation.use_case)
    verbs = SimpleNamespace(**{verb: "the use case"})
    services: Services = SimpleNamespace(**{feature: verbs})  # type: ignore[assignment]
    assert operation.use(services) == "the use case"
    assert operation.feature == feature


@every_operation
def test_what_an_operation_refuses_is_a_refusal(operation: Operation) -> None:
    assert all(issubclass(refusal, DomainError) for refusal in operation.refuses)
    assert len(operation.refuses) == len(set(operation.refuses))
    assert operation.summary
    assert operation.description


def test_every_refusal_is_declared_by_an_operation() -> None:
    missing = {
        refusal.code
        for refusal in refusals()
        if refusal not in declared() and refusal.code not in EVERYWHERE and refusal.code not in GENERAL
    }
    assert not missing


def test_nothing_on_the_lists_of_exceptions_is_out_of_date() -> None:
    codes = {refusal.code for refusal in refusals()}
    assert codes >= set(EVERYWHERE) | set(GENERAL)
    assert not {refusal.code for refusal in declared()} & set(GENERAL)


def test_every_refusal_is_raised_somewhere() -> None:
    """By its name in a `raise`, as the answer to a broken constraint, or as what an outsider gets instead."""
    used = {
        node.id
        for path in files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    unused = {refusal.code for refusal in refusals() if refusal.__name__ not in used}
    assert unused == set(GENERAL)


async def test_every_operation_stands_in_openapi_with_all_that_it_refuses(web: FastAPI) -> None:
    document = web.openapi()
    found = {
        spec["operationId"]: (method.upper(), path, spec)
        for path, methods in document["paths"].items()
        for method, spec in methods.items()
    }
    for operation in ALL:
        method, path, spec = found[operation.name]
        assert (method, path) == (operation.method, operation.path)
        assert operation.feature in spec["tags"]
        assert str(operation.status) in spec["responses"]
        text = str(spec["responses"])
        told = {refusal.code for refusal in operation.refuses if refusal is not NotFound}
        assert {code for code in told if code not in text} == set(), operation.name
    assert set(found) == {operation.name for operation in ALL} | set(BESIDE)


def test_every_operation_stands_in_the_schema_of_graphql() -> None:
    schema = build_schema(make_schema().as_str())
    assert isinstance(schema.query_type, GraphQLObjectType)
    assert isinstance(schema.mutation_type, GraphQLObjectType)
    for operation in ALL:
        first, *others = operation.name.split("_")
        name = first + "".join(word.title() for word in others)
        kind = schema.query_type if operation.is_query else schema.mutation_type
        assert name in kind.fields, operation.name
        assert kind.fields[name].description
