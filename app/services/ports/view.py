"""What every view shares."""

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

DESCRIBED: dict[str, Any] = {"use_attribute_docstrings": True}
"""Set as `__pydantic_config__` on a view, so that its attribute docstrings stand in the OpenAPI document."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def view(cls: type[T]) -> type[T]:
    """A dataclass with slots and keywords only, that mypy keeps from being changed.

    At run time nothing does: `frozen` makes each field two to four times as dear to set, and a page of a list sets a
    thousand of them (docs/performance-measured.md).
    """
    return dataclass(slots=True, kw_only=True)(cls)
