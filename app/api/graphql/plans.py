"""Objects that are nothing but data are read by a plan that is made once for a selection, not field by field.

The executor spends 20 µs and more on each field (path, resolver, awaitable or not, completion). Where every selected
field of an object is a plain attribute, and so on below it, a plan reads the same values, coerced by the same types.
Whatever is unusual (a resolver, a union, a directive, a value that doesn't fit) is left to the executor, errors too.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    is_leaf_type,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.field import StrawberryField

Read = Callable[[Any], Any]
"""From a value that is not None to its output; `_Unfit` where it has none."""


class _Unfit(Exception):
    """A value that the executor has to judge."""


class PlannedExecution(StrawberryGraphQLCoreExecutionContext):  # type: ignore[misc, unused-ignore]
    """Strawberry's own execution, with plans for plain objects and lists of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans: dict[tuple[GraphQLObjectType, int], tuple[Any, Read | None]] = {}

    def complete_object_value(
        self, return_type: GraphQLObjectType, field_details_list: Any, info: GraphQLResolveInfo[Any], path: Any,
        result: Any, position_context: Any,
    ) -> Any:  # fmt: skip
        """The object by its plan, or by the executor."""
        plan = self._plan(return_type, field_details_list)
        if plan is not None:
            try:
                return plan(result)
            except Exception:  # noqa: S110 the executor finds and locates the error
                pass
        return super().complete_object_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def complete_list_value(
        self, return_type: GraphQLList[Any], field_details_list: Any, info: GraphQLResolveInfo[Any], path: Any,
        result: Any, position_context: Any,
    ) -> Any:  # fmt: skip
        """A list of plain objects by their plan, or by the executor."""
        item = return_type.of_type
        inner = item.of_type if isinstance(item, GraphQLNonNull) else item
        if type(result) is list and isinstance(inner, GraphQLObjectType):
            read = self._reader(item, field_details_list)
            if read is not None and not any(details.node.directives for details in field_details_list):
                try:
                    return [read(entry) for entry in result]
                except Exception:  # noqa: S110 the executor finds and locates the error
                    pass
        return super().complete_list_value(
            return_type, field_details_list, info, path, result, position_context
        )

    def _plan(self, kind: GraphQLObjectType, details: Any) -> Read | None:
        key = (kind, id(details))
        kept = self._plans.get(key)
        if kept is None:
            # The details are kept with the plan, so that their id can't be taken by others.
            kept = self._plans[key] = (details, self._made(kind, details))
        return kept[1]

    def _made(self, kind: GraphQLObjectType, details: Any) -> Read | None:
        if kind.is_type_of is not None:
            return None
        grouped, deferred, _ = self.collect_subfields(kind, details)
        if deferred:
            return None
        steps: list[tuple[str, Read]] = []
        for response_name, selected in grouped.items():
            step = self._step(kind, selected)
            if step is None:
                return None
            steps.append((response_name, step))
        return lambda source: {name: read(source) for name, read in steps}

    def _step(self, kind: GraphQLObjectType, selected: Any) -> Read | None:
        name = selected[0].node.name.value
        if name == "__typename":
            type_name = kind.name
            return lambda _: type_name
        field = kind.fields.get(name)
        definition = field.extensions.get("strawberry-definition") if field is not None else None
        if field is None or not isinstance(definition, StrawberryField):
            return None
        if definition.base_resolver is not None or definition.extensions or definition.permission_classes:
            return None
        read = self._reader(field.type, selected)
        if read is None:
            return None
        get = attrgetter(definition.python_name)
        return lambda source: read(get(source))

    def _reader(self, kind: GraphQLOutputType, details: Any) -> Read | None:
        if isinstance(kind, GraphQLNonNull):
            inner = self._reader_of_some(kind.of_type, details)
            return None if inner is None else _demanded(inner)
        inner = self._reader_of_some(kind, details)
        return None if inner is None else _optional(inner)

    def _reader_of_some(self, kind: Any, details: Any) -> Read | None:
        """How a value of this type is read that is not None."""
        if isinstance(kind, GraphQLList):
            item = self._reader(kind.of_type, details)
            return None if item is None else lambda values: [item(value) for value in values]
        if is_leaf_type(kind):
            coerce: Read = kind.coerce_output_value
            return coerce
        return self._plan(kind, details) if isinstance(kind, GraphQLObjectType) else None


def _demanded(read: Read) -> Read:
    def checked(value: Any) -> Any:
        found = None if value is None else read(value)
        if found is None:
            raise _Unfit
        return found

    return checked


def _optional(read: Read) -> Read:
    return lambda value: None if value is None else read(value)
