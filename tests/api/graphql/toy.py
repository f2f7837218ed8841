"""A small schema and its endpoint, so that limits and HTTP are tested apart from the real schema."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import httpx
import strawberry
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from strawberry.schema.config import StrawberryConfig

from app.api.graphql.http import GraphQLEndpoint
from app.api.graphql.limits import Limits
from app.api.graphql.masking import ErrorMask
from app.domain.shared.errors import DomainError, Kind

SECRET = "01019012345"


class ToyClosed(DomainError):
    """A refusal with a rule behind it."""

    kind, code, rules = Kind.CONFLICT, "toy.closed", ("A-01",)


@strawberry.type
class Member:
    name: str = "Kari"

    @strawberry.field
    def groups(self, first: int = 25) -> "GroupConnection":
        return GroupConnection()


@strawberry.type
class Group:
    name: str = "Tirsdag"

    @strawberry.field
    def members(self) -> list[Member]:
        return [Member()]

    @strawberry.field
    def parent(self) -> "Group":
        return self


@strawberry.type
class GroupConnection:
    @strawberry.field
    def edges(self) -> list["GroupEdge"]:
        return [GroupEdge()]


@strawberry.type
class GroupEdge:
    @strawberry.field
    def node(self) -> Group:
        return Group()


@strawberry.enum
class Colour(Enum):
    RED = "red"


@strawberry.input
class Nest:
    name: str = ""
    inner: "Nest | None" = None


@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "hei"

    @strawberry.field
    async def group(self) -> Group:
        return Group()

    @strawberry.field
    def groups(self, first: int = 25) -> GroupConnection:
        return GroupConnection()

    @strawberry.field
    def recent(self, first: int | None = None, last: int | None = None) -> list[Group]:
        return []

    @strawberry.field
    def echo(self, number: int = 0, word: str = "") -> str:
        return f"{number}{word}"

    @strawberry.field
    def paint(self, colour: Colour) -> str:
        return colour.value

    @strawberry.field
    def sum_of(self, numbers: list[int]) -> int:
        return sum(numbers)

    @strawberry.field
    def depth_of(self, nest: Nest) -> int:
        return 1 if nest.inner is None else 1 + Query().depth_of(nest.inner)

    @strawberry.field
    def boom(self, word: str = "") -> str | None:
        try:
            raise ConnectionError(f"SELECT secret FROM person WHERE no = '{word}{SECRET}'")
        except ConnectionError as error:
            raise RuntimeError(f"could not read {word}") from error

    @strawberry.field
    def must_not_be_null(self) -> str:
        raise RuntimeError(SECRET)

    @strawberry.field
    def closed(self) -> str | None:
        raise ToyClosed("/group")


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def rename(self, name: str) -> str:
        return name


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self) -> AsyncIterator[int]:
        yield 1


def toy_schema(**options: Any) -> strawberry.Schema:
    """A schema as the real one is to be configured."""
    config = StrawberryConfig(disable_field_suggestions=True, relay_max_results=100, sort_schema=True)
    return strawberry.Schema(Query, Mutation, Subscription, config=config, **options)


SCHEMA = toy_schema()


@dataclass
class ToyContext:
    request_id: str
    developer: bool


async def make_context(request: Request) -> ToyContext:
    return ToyContext("req-1", request.headers.get("x-developer") == "yes")


def describe(error: DomainError, context: object) -> dict[str, object]:
    return {"message": "Lukket.", "pointer": error.pointer}


def loads(body: bytes) -> object:
    """As strict as the tests here need it; the real one is app/api/shared/strict_json.py."""

    def refuse(name: str) -> object:
        raise ValueError(name)

    return json.loads(body, parse_constant=refuse)


def toy_endpoint(
    limits: Limits | None = None, schema: strawberry.Schema = SCHEMA, **options: Any
) -> GraphQLEndpoint:
    """The endpoint under test, with a fresh cache."""
    return GraphQLEndpoint(
        schema,
        make_context,
        loads,
        limits or Limits(),
        lambda context: context.developer,
        ErrorMask(describe, lambda context: getattr(context, "request_id", "")),
        **options,
    )


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"status": error.status_code, "code": error.detail}
    return JSONResponse(body, error.status_code, error.headers, "application/problem+json")


def toy_client(endpoint: GraphQLEndpoint) -> httpx.AsyncClient:
    """A client of an application that has nothing but the endpoint."""
    app = Starlette(routes=[Route("/graphql", endpoint)], exception_handlers={HTTPException: _problem})
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://toy")
