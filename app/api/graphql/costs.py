"""What a GraphQL operation costs: a number, or a small formula where the size of a list is a variable.

Formulas are shared between all places that spread the same fragment, and each is worked out once per request.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    IntValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)

CEILING = 1_000_000_000
"""Everything above is simply too much: no huge numbers are carried around."""

_PAGE_ARGUMENTS = ("first", "last")


@dataclass(frozen=True, slots=True)
class VariableSize:
    """A list that is as long as a variable says."""

    name: str
    otherwise: int


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """`fixed`, and the sum of the parts, all as many times as `size` says."""

    size: int | VariableSize
    fixed: int
    parts: "tuple[Formula, ...]"


Cost = int | Formula
Size = int | VariableSize


def add(left: Cost, right: Cost) -> Cost:
    """The sum, worked out as far as it does not depend on variables."""
    if isinstance(left, int) and isinstance(right, int):
        return min(CEILING, left + right)
    fixed = sum(cost for cost in (left, right) if isinstance(cost, int))
    parts = tuple(cost for cost in (left, right) if isinstance(cost, Formula))
    if not fixed and len(parts) == 1:
        return parts[0]
    return Formula(1, fixed, parts)


def multiply(size: Size, cost: Cost) -> Cost:
    """The cost of a list with that many items."""
    if isinstance(size, int) and isinstance(cost, int):
        return min(CEILING, size * cost)
    if isinstance(cost, int):
        return Formula(size, cost, ())
    return cost if size == 1 else Formula(size, 0, (cost,))


def evaluate(cost: Cost, variables: Mapping[str, object], page: int) -> int:
    """What it comes to with these variables, as they were sent (not coerced)."""
    return cost if isinstance(cost, int) else _value(cost, {}, variables, page)


def _value(formula: Formula, worked_out: dict[int, int], variables: Mapping[str, object], page: int) -> int:
    if (known := worked_out.get(id(formula))) is not None:
        return known
    size = formula.size
    times = size if isinstance(size, int) else _variable_size(size, variables, page)
    parts = sum(_value(part, worked_out, variables, page) for part in formula.parts)
    result = min(CEILING, times * (formula.fixed + parts))
    worked_out[id(formula)] = result
    return result


def literal_size(node: ValueNode | None) -> int | None:
    """The number of items that a literal asks for; None if it is no number."""
    if not isinstance(node, IntValueNode):
        return None
    # int() refuses to read very long numbers, and they are too much in any case.
    return _bounded(int(node.value)) if len(node.value) < 10 else CEILING


def _variable_size(size: VariableSize, variables: Mapping[str, object], page: int) -> int:
    if size.name not in variables:
        return size.otherwise
    value = variables[size.name]
    # GraphQL's Int takes 100.0 for 100 as well.
    if isinstance(value, float) and math.isfinite(value):
        return _bounded(math.ceil(value))
    return _bounded(value) if isinstance(value, int) else page


def _bounded(number: int) -> int:
    return max(1, min(CEILING, number))


@dataclass(frozen=True, slots=True)
class ListSizes:
    """How many items a field may have."""

    page: int
    known: Mapping[str, int]

    def of(self, node: FieldNode, definition: Any, parent: str) -> Size:
        """A number, or the variable that tells; 1 for what is no list."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in _PAGE_ARGUMENTS:
            if name in given:
                value = given[name]
                if isinstance(value, VariableNode):
                    return VariableSize(value.name.value, self._unsaid(definition, name))
                if (size := literal_size(value)) is not None:
                    return size
        if definition is None:
            return 1
        for name in _PAGE_ARGUMENTS:
            if name in definition.args:
                return self._unsaid(definition, name)
        # The page was counted where it was asked for (by `first`): its items are no second list.
        if not is_list_type(get_nullable_type(definition.type)) or parent.endswith(("Connection", "Page")):
            return 1
        if is_leaf_type(get_named_type(definition.type)):
            return 1
        return self.known.get(f"{parent}.{node.name.value}", self.page)

    def _unsaid(self, definition: Any, name: str) -> int:
        """What the schema says if the caller does not."""
        argument = definition.args.get(name) if definition is not None else None
        default = getattr(argument, "default_value", None)
        return _bounded(default) if isinstance(default, int) else self.page
