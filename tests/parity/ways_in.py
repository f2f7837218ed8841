"""Asks the same thing by both ways in, made from the one table of operations, so that the answers can be compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import httpx
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
)

from app.api.graphql.schema import make_schema
from app.api.shared.operations import ALL, Operation
from app.api.shared.operations.operation import Shape

BY_NAME: Mapping[str, Operation] = {operation.name: operation for operation in ALL}
SPREAD = timedelta(minutes=5)
"""How far two times may lie apart that say "now", in two answers to the same question."""
_BY_CHANCE = re.compile(r"[a-z2-7]{24}")
"""A code that nobody can guess: another one each time."""
_ADDRESS = re.compile(r"\S+/v1/calendars/[\w-]{32}\.ics")
"""The same in the address of a calendar."""
_REFUSAL = ("code", "rules", "status", "title", "detail", "next")
_PAGING = {"limit": "first", "cursor": "after"}
_LOADED_APART = {"upcomingMeetings"}
"""Relations that GraphQL alone has."""


@dataclass(frozen=True)
class Answer:
    """What came back, in the words of GraphQL: names in camel case, choices by name."""

    refusal: dict[str, Any] | None
    data: Any = None
    text: str = ""
    """The body as it came, for whoever looks for what must not be in it."""
    status: int = 200
    headers: tuple[str, ...] = ()
    etag: str | None = None

    @property
    def code(self) -> str:
        """The refusal's code; `ok` where nothing was refused."""
        return self.refusal["code"] if self.refusal is not None else "ok"


@dataclass(frozen=True)
class Question:
    """One call: the values of the path's names, the body's members, the filters."""

    operation: Operation
    place: Mapping[str, str]
    body: Mapping[str, Any] | None
    filters: Mapping[str, Any]
    version: int = 1
    if_match: str = "*"


@cache
def schema() -> GraphQLSchema:
    """The executable schema under strawberry's."""
    return make_schema()._schema


def field_of(operation: Operation) -> GraphQLField:
    """The field of an operation."""
    root = schema().query_type if operation.is_query else schema().mutation_type
    assert root is not None
    found: GraphQLField = root.fields[camel(operation.name)]
    return found


def camel(name: str) -> str:
    """`like_this` as `likeThis`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _selection(kind: Any) -> str:
    fields = []
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if name not in _LOADED_APART:
            # `status` means one thing in a refusal and another in a meeting: one answer can't have both.
            shown = "httpStatus: status" if kind.name == "Problem" and name == "status" else name
            fields.append(shown + (_selection(inner) if isinstance(inner, GraphQLObjectType) else ""))
    return " { " + " ".join(fields) + " }"


@cache
def document(name: str, names: frozenset[str]) -> str:
    """A document that asks for everything that the operation can answer, with these arguments."""
    operation = BY_NAME[name]
    field = field_of(operation)
    variables = ", ".join(f"${each}: {field.args[each].type}" for each in sorted(names))
    given = ", ".join(f"{each}: ${each}" for each in sorted(names))
    union = get_named_type(field.type)
    assert isinstance(union, GraphQLUnionType)
    parts = " ".join(f"... on {kind.name}{_selection(kind)}" for kind in union.types)
    head = "query" if operation.is_query else "mutation"
    declared, passed = (f"({variables})", f"({given})") if names else ("", "")
    return f"{head}{declared} {{ answer: {camel(operation.name)}{passed} {{ __typename {parts} }} }}"


def _success_type(operation: Operation) -> GraphQLObjectType:
    union = get_named_type(field_of(operation).type)
    assert isinstance(union, GraphQLUnionType)
    kind: GraphQLObjectType
    (kind,) = (each for each in union.types if each.name != "Problem")
    return kind


def as_graphql(value: Any, kind: Any) -> Any:
    """JSON of REST in the words of GraphQL, by its type."""
    kind = get_nullable_type(kind)
    if value is None:
        return None
    if isinstance(kind, GraphQLList):
        return [as_graphql(item, kind.of_type) for item in value]
    if isinstance(kind, GraphQLEnumType):
        return next(name for name, each in kind.values.items() if _plain(each.value) == value)
    if isinstance(kind, GraphQLInputObjectType | GraphQLObjectType):
        fields = kind.fields
        return {camel(name): as_graphql(item, fields[camel(name)].type) for name, item in value.items()}
    return value


def spoilt(value: Any, kind: Any) -> Any:
    """The same with each text longer than any may be."""
    kind = get_nullable_type(kind)
    if isinstance(kind, GraphQLList) and value:
        return [spoilt(item, kind.of_type) for item in value]
    if isinstance(kind, GraphQLInputObjectType) and value:
        return {name: spoilt(item, kind.fields[camel(name)].type) for name, item in value.items()}
    return "x" * 9_000 if isinstance(value, str) and kind is GraphQLString else value


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _variables(question: Question) -> dict[str, Any]:
    arguments = field_of(question.operation).args
    given = {**question.place, **(question.body or {}), **question.filters}
    if question.operation.read_before is not None:
        given["version"] = question.version
    names = {_PAGING.get(name, camel(name)): value for name, value in given.items()}
    return {name: as_graphql(value, arguments[name].type) for name, value in names.items()}


async def ask_graphql(http: httpx.AsyncClient, question: Question, headers: Mapping[str, str]) -> Answer:
    """The answer of the GraphQL field."""
    variables = _variables(question)
    query = document(question.operation.name, frozenset(variables))
    payload = {"query": query, "variables": variables}
    response = await http.post("/graphql", json=payload, headers=headers)
    content = response.json()
    if content.get("data") is None:
        refusal = {"code": "request", "errors": content["errors"]}
        return Answer(refusal, text=response.text, status=response.status_code)
    answer = content["data"]["answer"]
    problem = answer.pop("__typename") == "Problem"
    shown = _header_names(response)
    if problem:
        answer["status"] = answer["httpStatus"]
        refusal = {name: answer[name] for name in (*_REFUSAL, "errors", "purposes")}
        return Answer(refusal, None, response.text, 200, shown)
    if question.operation.shape is Shape.NOTHING:
        answer = None
    return Answer(None, answer, response.text, 200, shown)


async def ask_rest(http: httpx.AsyncClient, question: Question, headers: Mapping[str, str]) -> Answer:
    """The answer of the REST route."""
    operation = question.operation
    sent = dict(headers)
    if operation.read_before is not None:
        sent["if-match"] = question.if_match
    response = await http.request(
        operation.method,
        operation.path.format(**question.place),
        params=dict(question.filters),
        json=question.body,
        headers=sent,
    )
    shown = _header_names(response)
    if response.status_code >= 400:
        content = response.json()
        assert content["status"] == response.status_code
        refusal = {name: content[name] for name in _REFUSAL}
        refusal["errors"] = places_at_fault(operation, content["errors"])
        refusal["purposes"] = content.get("purposes", [])
        return Answer(refusal, None, response.text, response.status_code, shown)
    assert response.status_code == operation.status, response.text
    data = response.json() if response.content else None
    shown_as = as_graphql(data, _success_type(operation))
    etag = response.headers.get("etag")
    return Answer(None, shown_as, response.text, response.status_code, shown, etag)


def places_at_fault(operation: Operation, errors: list[dict[str, Any]]) -> list[dict[str, str | None]]:
    """Where REST points, by the names that the SDL has there; a place that it hasn't is a mistake."""
    found = []
    for each in errors:
        steps = each["pointer"].split("/")[1:]
        members: Any = field_of(operation).args
        named = []
        for step in steps:
            if not step.isdigit():
                name = _PAGING.get(step, camel(step)) if members is field_of(operation).args else camel(step)
                members = getattr(get_named_type(members[name].type), "fields", {})
                step = name
            named.append(step)
        place = "".join(f"/{step}" for step in named)
        found.append({"pointer": place, "code": each["code"], "detail": each.get("detail")})
    return found


def _header_names(response: httpx.Response) -> tuple[str, ...]:
    return tuple(sorted(response.headers))


def differences(one: Any, other: Any, known: frozenset[str], at: str = "") -> list[str]:
    """Where two answers say different things. Ids that neither answer can have known before are alike, and so are two
    times that mean now."""
    if isinstance(one, dict) and isinstance(other, dict):
        found = [f"{at}: {sorted(one.keys() ^ other.keys())}"] if one.keys() != other.keys() else []
        for name in one.keys() & other.keys():
            found += differences(one[name], other[name], known, f"{at}/{name}")
        return found
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            difference
            for index, pair in enumerate(zip(one, other, strict=True))
            for difference in differences(*pair, known, f"{at}/{index}")
        ]
    return [] if one == other or _alike(one, other, known, at) else [f"{at}: {one!r} is not {other!r}"]


def _alike(one: Any, other: Any, known: frozenset[str], at: str) -> bool:
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    if at.endswith("/nextCursor"):
        return True
    if "/codes/" in at:  # fresh chance in each answer
        return len(one) == len(other)
    if at.endswith("/code") and _BY_CHANCE.fullmatch(one) and _BY_CHANCE.fullmatch(other):
        return True
    if at.endswith("/secret") and one.startswith("whsec_") and other.startswith("whsec_"):
        return len(one) == len(other)
    if at.endswith("/url") and _ADDRESS.fullmatch(one) and _ADDRESS.fullmatch(other):
        return True
    if at.lower().endswith("id"):
        return one not in known and other not in known
    try:
        return abs(datetime.fromisoformat(one) - datetime.fromisoformat(other)) < SPREAD
    except (ValueError, TypeError):
        return False
