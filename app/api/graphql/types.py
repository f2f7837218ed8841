"""GraphQL types, made from the views: same fields, same descriptions, redacted before they get here."""

import dataclasses
import types
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import strawberry
from pydantic import TypeAdapter
from strawberry.types.field import StrawberryField

from app.api.graphql.once import once
from app.api.shared.strict_model import StrictModel

_EXTENSIONS: dict[str, dict[str, StrawberryField]] = {}


def extend(view: str, **relations: StrawberryField) -> None:
    """Give the type of a view relations that are loaded on their own."""
    _EXTENSIONS.setdefault(view, {}).update(relations)


def name_of(view: type[Any]) -> str:
    """The GraphQL name of a view: its class name without `View`."""
    return view.__name__.removesuffix("View").removesuffix("In")


@once
def output_type(view: type[Any]) -> Any:
    """The object type of a view."""
    described = TypeAdapter(view).json_schema().get("properties", {})
    hints = get_type_hints(view, include_extras=True)
    namespace: dict[str, Any] = {"__annotations__": {}}
    for field in dataclasses.fields(view):
        namespace["__annotations__"][field.name] = _output(hints[field.name])
        description = described.get(field.name, {}).get("description")
        namespace[field.name] = strawberry.field(description=description)
    namespace |= _EXTENSIONS.get(view.__name__, {})
    made = type(name_of(view), (), namespace)
    description = (view.__doc__ or "").split("\n\n")[0]
    return strawberry.type(made, name=name_of(view), description=" ".join(description.split()))


def convert(view: Any) -> Any:
    """An instance of the object type that shows this view. Nested views are read as they are."""
    kind = output_type(type(view))
    shown = object.__new__(kind)
    for field in dataclasses.fields(view):
        shown.__dict__[field.name] = getattr(view, field.name)
    return shown


@once
def enum_type(enum: type[Enum]) -> Any:
    """The enum type of a domain enum."""
    description = " ".join((enum.__doc__ or "").split("\n\n")[0].split())
    return strawberry.enum(enum, description=description)


@once
def input_type(model: type[StrictModel]) -> Any:
    """The input type of a nested input."""
    namespace: dict[str, Any] = {"__annotations__": {}}
    for name, info in model.model_fields.items():
        namespace["__annotations__"][name] = input_annotation(info.annotation)
        usual: dict[str, Any] = {}
        if info.default_factory is not None:
            usual["default_factory"] = info.default_factory
        elif not info.is_required():
            usual["default"] = info.default
        namespace[name] = strawberry.field(description=info.description, **usual)
    made = type(model.__name__, (), namespace)
    return strawberry.input(
        made, name=f"{name_of(model)}Input", description=" ".join((model.__doc__ or "").split())
    )


def input_annotation(annotation: Any) -> Any:
    """The GraphQL type of what an input field takes."""
    return _map(annotation, for_input=True)


def _output(annotation: Any) -> Any:
    return _map(annotation, for_input=False)


def _map(annotation: Any, *, for_input: bool) -> Any:
    origin = get_origin(annotation)
    if hasattr(annotation, "__supertype__"):
        return _map(annotation.__supertype__, for_input=for_input)
    if origin is Annotated:
        return _map(get_args(annotation)[0], for_input=for_input)
    if origin in (Union, types.UnionType):
        members = [arg for arg in get_args(annotation) if arg is not type(None)]
        return _map(members[0], for_input=for_input) | None
    if origin in (list, tuple):
        return list[_map(get_args(annotation)[0], for_input=for_input)]  # type: ignore[misc]
    if isinstance(annotation, type):
        if issubclass(annotation, StrictModel):
            return input_type(annotation)
        if issubclass(annotation, Enum):
            return enum_type(annotation)
        if annotation in (str, int, bool, UUID, datetime, date):
            return annotation
        if dataclasses.is_dataclass(annotation):
            return output_type(annotation)
    raise TypeError(f"no GraphQL type for {annotation!r}")
