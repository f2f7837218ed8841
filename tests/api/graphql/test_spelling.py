"""Places that a refusal points at are spelt as the SDL spells them, whichever operation it is (as in `tests/parity`)."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLArgument, GraphQLInputField, GraphQLInputObjectType, get_named_type
from pydantic import BaseModel

from app.api.graphql.problems import spelt_items
from app.api.graphql.schema import make_schema
from app.api.graphql.spelling import pointer
from app.api.shared.operations import ALL, Operation
from app.api.shared.operations.operation import Shape
from app.api.shared.paging import PageIn

SCHEMA = make_schema()._schema
FIELDS = {**SCHEMA.query_type.fields, **SCHEMA.mutation_type.fields}  # type: ignore[union-attr]


def places(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """Every place in a body, as REST points at it."""
    for name, info in model.model_fields.items():
        yield f"{before}/{name}"
        for inner in _inner(info.annotation):
            listed = "/0" if "list[" in str(info.annotation) else ""
            yield from places(inner, f"{before}/{name}{listed}")


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in getattr(annotation, "__args__", ()):
        yield from _inner(each)


@pytest.mark.parametrize("operation", ALL, ids=lambda each: each.name)
def test_every_place_in_an_input_is_one_of_the_sdl(operation: Operation) -> None:
    models = [model for model in (operation.takes, operation.filters) if model is not None]
    if operation.shape is Shape.PAGE:
        models.append(PageIn)
    (field,) = (each for name, each in FIELDS.items() if name.lower() == operation.name.replace("_", ""))
    for model in models:
        for place in places(model):
            members: dict[str, GraphQLArgument] | dict[str, GraphQLInputField] = field.args
            for step in pointer(place).removeprefix("/").split("/"):
                if not step.isdigit():
                    assert step in members, (operation.name, place, pointer(place))
                    kind = get_named_type(members[step].type)
                    members = kind.fields if isinstance(kind, GraphQLInputObjectType) else {}


def test_paging_has_its_names_at_the_top_alone_and_what_is_masked_stays() -> None:
    shown = {
        place: pointer(place)
        for place in ("", "/limit", "/cursor", "/wishes/limit", "/items/3/starts_at", "/settings/*")
    }
    assert list(shown.values()) == [
        "", "/first", "/after", "/wishes/limit", "/items/3/startsAt", "/settings/*",
    ]  # fmt: skip
    (item,) = spelt_items([{"pointer": "/text_sha256", "where": "body", "code": "malformed"}])
    assert (item.pointer, item.code) == ("/textSha256", "malformed")
