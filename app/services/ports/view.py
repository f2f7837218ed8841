"""What every view shares."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

DESCRIBED: dict[str, Any] = {"use_attribute_docstrings": True}
"""Set as `__pydantic_config__` on a view, so that its attribute docstrings stand in the OpenAPI document."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def view(cls: type[T]) -> type[T]:
    """A dataclass with keywords only, that mypy keeps from being changed.

    At run time nothing does: `frozen` makes each field two to four times as dear to set, and a page of a list sets a
    thousand of them. Without slots its fields lie in one dict, from which its JSON is written two and a half times as
    fast as field by field (docs/performance-measured.md, docs/adr/0018).
    """
    return dataclass(kw_only=True)(cls)


def template(cls: type[Any], same: Mapping[str, Any]) -> dict[str, Any]:
    """What `filled` begins with: every member of the view in its order, with what is the same for all."""
    return {each.name: same.get(each.name) for each in fields(cls)}


def filled(cls: type[T], members: dict[str, Any]) -> T:
    """A view from all its members at once, `{**template, …}`: what is the same for all is copied, not set one by one.

    Three times as fast for a view of 28 members (measured), and a page has fifty. mypy doesn't see whether each is
    there: a test has to. The dict is the view's own from here on.
    """
    made = object.__new__(cls)
    made.__dict__ = members
    return made
