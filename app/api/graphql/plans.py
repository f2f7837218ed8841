"""Objects that are nothing but data are read by a plan that is made once for a document, not field by field.

The executor spends 20 µs and more on each field (path, resolver, awaitable or not, completion). Where every selected
field of an object is a plain attribute or a relation that is loaded in batches, and so on below it, a plan reads the
same values, coerced by the same types. What it reads waits for relations once, for all objects together.
Whatever is unusual (another resolver, a union, a value that doesn't fit) is left to the executor, errors too.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from inspect import isawaitable
from operator import attrgetter
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLResolveInfoHelpers,
    GraphQLString,
    VariableNode,
    Visitor,
    is_leaf_type,
    visit,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.field import StrawberryField

from app.api.graphql.relations import RELATION, Relation


class _Unfit(Exception):
    """A value that the executor has to judge."""


@dataclass(slots=True)
class _Run:
    """One reading: whom for, and the lists that wait for their relation."""

    context: Any
    waiting: "list[tuple[Relation, Any, list[Any], Read]]" = field(default_factory=list)

    async def fill(self) -> None:
        """Load what is waited for, each relation in one batch; what comes may wait for more."""
        while self.waiting:
            waiting, self.waiting = self.waiting, []
            for relation in {id(entry[0]): entry[0] for entry in waiting}.values():
                lists = [entry for entry in waiting if entry[0] is relation]
                found = await relation.batch(self.context).of_all([key for _, key, _, _ in lists])
                for (_, _, made, read), values in zip(lists, found, strict=True):
                    made.extend(read(value, self) for value in values)


Read = Callable[[Any, _Run], Any]
"""From a value to its output; `_Unfit` where it has none."""
Kept = dict[tuple[Any, ...], Read | None]
"""Plans by the object's type and the nodes that select from it; None for what is left to the executor."""


class Plans:
    """The plans of one document, kept as long as it: for the way in which its `@skip` and `@include` turned out last."""

    def __init__(self, document: DocumentNode) -> None:
        finder = _Conditions()
        visit(document, finder)
        self._names = sorted(finder.names)
        self._values: tuple[object, ...] = ()
        self._kept: Kept = {}

    def of(self, variables: dict[str, Any]) -> Kept:
        """The plans that hold for these variables."""
        values = tuple(variables.get(name) for name in self._names)
        if values != self._values:
            self._values, self._kept = values, {}
        return self._kept


class _Conditions(Visitor):
    """Finds the variables that decide what is selected."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        """Note the variables among its arguments."""
        self.names |= {
            argument.value.name.value
            for argument in node.arguments or ()
            if isinstance(argument.value, VariableNode)
        }


class PlannedExecution(StrawberryGraphQLCoreExecutionContext):  # type: ignore[misc, unused-ignore]
    """Strawberry's own execution, with plans for plain objects and lists of them."""

    def __init__(self, *args: Any, plans: Plans | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans: Kept = {} if plans is None else plans.of(self.variable_values.coerced)

    @property
    def async_helpers(self) -> GraphQLResolveInfoHelpers:
        """Made when a resolver is called, and not kept, as the executor would have it: it would hold itself by them, and
        with itself everything that a request has loaded, until the collector looks at everything."""
        return GraphQLResolveInfoHelpers(gather=self.gather_async_work, track=self.track_async_work)

    @async_helpers.setter
    def async_helpers(self, _kept: GraphQLResolveInfoHelpers) -> None:
        pass

    def complete_object_value(
        self, return_type: GraphQLObjectType, field_details_list: Any, info: GraphQLResolveInfo[Any], path: Any,
        result: Any, position_context: Any,
    ) -> Any:  # fmt: skip
        """The object by its plan, or by the executor."""
        complete = super().complete_object_value

        def otherwise() -> Any:
            return complete(return_type, field_details_list, info, path, result, position_context)

        plan = self._plan(return_type, field_details_list)
        return otherwise() if plan is None else self._carried_out(plan, result, otherwise)

    def complete_list_value(
        self, return_type: GraphQLList[Any], field_details_list: Any, info: GraphQLResolveInfo[Any], path: Any,
        result: Any, position_context: Any,
    ) -> Any:  # fmt: skip
        """A list of plain objects by their plan, or by the executor."""
        complete = super().complete_list_value

        def otherwise() -> Any:
            return complete(return_type, field_details_list, info, path, result, position_context)

        item = return_type.of_type
        inner = item.of_type if isinstance(item, GraphQLNonNull) else item
        if isinstance(inner, GraphQLObjectType):
            read = self._reader(return_type, field_details_list)
            if read is not None:
                return self._carried_out(read, result, otherwise)
        return otherwise()

    def _carried_out(self, read: Read, source: Any, otherwise: Callable[[], Any]) -> Any:
        run = _Run(self.context_value)
        try:
            made = read(source, run)
        except Exception:
            return otherwise()  # the executor finds and locates the error
        return self._filled(made, run, otherwise) if run.waiting else made

    async def _filled(self, made: Any, run: _Run, otherwise: Callable[[], Any]) -> Any:
        try:
            await run.fill()
        except Exception:
            completed: Awaitable[Any] | Any = otherwise()
            return await completed if isawaitable(completed) else completed
        return made

    def _plan(self, kind: GraphQLObjectType, details: Any) -> Read | None:
        key = (kind, *(id(detail.node) for detail in details))
        if key not in self._plans:
            self._plans[key] = self._made(kind, details)
        return self._plans[key]

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
        return lambda source, run: {name: step(source, run) for name, step in steps}

    def _step(self, kind: GraphQLObjectType, selected: Any) -> Read | None:
        name = selected[0].node.name.value
        if name == "__typename":
            type_name = kind.name
            return lambda _, __: type_name
        field = kind.fields.get(name)
        definition = field.extensions.get("strawberry-definition") if field is not None else None
        if field is None or not isinstance(definition, StrawberryField):
            return None
        if definition.extensions or definition.permission_classes:
            return None
        if (relation := definition.metadata.get(RELATION)) is not None:
            return self._related(relation, field.type, selected)
        if definition.base_resolver is not None:
            return None
        return self._read_from(attrgetter(definition.python_name), field.type, selected)

    def _related(self, relation: Relation, kind: GraphQLOutputType, selected: Any) -> Read | None:
        """A list that is filled later, or at once from what was looked ahead to."""
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        item = self._reader(inner.of_type, selected) if isinstance(inner, GraphQLList) else None
        if item is None:
            return None

        def step(source: Any, run: _Run) -> list[Any]:
            key = relation.key(source)
            known = relation.batch(run.context).known.get(key)
            if known is not None:
                return [item(value, run) for value in known]
            made: list[Any] = []
            run.waiting.append((relation, key, made, item))
            return made

        return step

    def _read_from(self, get: Callable[[Any], Any], kind: GraphQLOutputType, selected: Any) -> Read | None:
        if kind.__class__ is GraphQLNonNull and kind.of_type is GraphQLString:
            return _text_from(get)
        read = self._reader(kind, selected)
        return None if read is None else lambda source, run: read(get(source), run)

    def _reader(self, kind: GraphQLOutputType, details: Any) -> Read | None:
        demanded = isinstance(kind, GraphQLNonNull)
        inner = self._reader_of_some(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, details)
        if inner is None:
            return None
        return _demanded(inner) if demanded else _optional(inner)

    def _reader_of_some(self, kind: Any, details: Any) -> Read | None:
        """How a value of this type is read that is not None."""
        if isinstance(kind, GraphQLList):
            item = self._reader(kind.of_type, details)
            return None if item is None else _each(item)
        if is_leaf_type(kind):
            return _instant if kind.name == "DateTime" else _coerced(kind.coerce_output_value)
        return self._plan(kind, details) if isinstance(kind, GraphQLObjectType) else None


def _text_from(get: Callable[[Any], Any]) -> Read:
    """The most common field by far: a text that has to be there."""
    coerce = GraphQLString.coerce_output_value

    def read(source: Any, _: _Run) -> Any:
        value = get(source)
        if type(value) is str:
            return value
        if value is None:
            raise _Unfit
        return coerce(value)

    return read


def _coerced(coerce: Callable[[Any], Any]) -> Read:
    return lambda value, _: coerce(value)


def _instant(value: Any, _: _Run) -> Any:
    """orjson writes an instant in UTC as `isoformat` does, in a tenth of the time."""
    if type(value) is datetime:
        return value if value.tzinfo is UTC else value.isoformat()
    raise _Unfit


def _each(read: Read) -> Read:
    def entries(values: Any, run: _Run) -> list[Any]:
        if type(values) is not list and type(values) is not tuple:
            raise _Unfit
        return [read(value, run) for value in values]

    return entries


def _demanded(read: Read) -> Read:
    def checked(value: Any, run: _Run) -> Any:
        found = None if value is None else read(value, run)
        if found is None:
            raise _Unfit
        return found

    return checked


def _optional(read: Read) -> Read:
    return lambda value, run: None if value is None else read(value, run)
