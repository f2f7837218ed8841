"""How much one GraphQL document may ask for: measured in one pass, before validation and before execution.

Every fragment is measured once and its measure is used again wherever it is spread, so that the pass is linear in
the size of the document. (strawberry's own limiters expand fragments again and again: 806 bytes took 2.7 s.)

Cost counts the objects that may have to be loaded: a scalar costs nothing, an object costs one and what hangs on
it, a list as many times that as it may have items: its `first` (or `last`) argument, or `Limits.page`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
)

from app.api.graphql.costs import CEILING, Cost, ListSizes, add, evaluate, literal_size, multiply

INTROSPECTION = frozenset({"__schema", "__type"})
_ROOTS = {
    OperationType.QUERY: "query_type",
    OperationType.MUTATION: "mutation_type",
    OperationType.SUBSCRIPTION: "subscription_type",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may ask for; the last value that is still answered."""

    document_bytes: int = 10_000
    tokens: int = 1_000
    depth: int = 10
    aliases: int = 15
    root_fields: int = 10
    merges: int = 1_000
    """Comparisons of fields that share a response name. Validation is quadratic in them: 990 times the same
    field took 0.2 s, in less than 1,000 tokens."""
    definitions: int = 50
    """Operations and fragments: validation compares fragments with each other, too."""
    cost: int = 2_000
    page: int = 25
    """Items that are reckoned with where a list does not say how many it will have."""
    list_sizes: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Lists without a `first` argument that are known to be short or long: `{"Group.members": 12}`."""


class LimitExceeded(Exception):
    """The document asks for more than a limit allows."""

    def __init__(self, code: str, what: str, limit: int, found: int | None) -> None:
        how_many = "more" if found is None or found >= CEILING else str(found)
        super().__init__(f"{what}: {how_many}, and {limit} is the limit.")
        self.extensions: dict[str, object] = {"code": code, "limit": limit}


@dataclass(frozen=True, slots=True)
class Operation:
    """What one operation of a document asks for."""

    depth: int
    aliases: int
    root_fields: int
    merges: int
    cost: Cost
    """A number, or a formula where a list's size is a variable."""
    defaults: Mapping[str, object]

    def check(self, limits: Limits) -> None:
        """Refuse with `LimitExceeded` what no variable can change."""
        for code, what, limit, found in (
            ("graphql.too_deep", "Levels of fields", limits.depth, self.depth),
            ("graphql.too_many_aliases", "Aliases", limits.aliases, self.aliases),
            ("graphql.too_many_root_fields", "Fields at the root", limits.root_fields, self.root_fields),
            ("graphql.too_many_repeats", "Repetitions of the same field", limits.merges, self.merges),
        ):
            if found > limit:
                raise LimitExceeded(code, what, limit, found)
        if isinstance(self.cost, int):
            self.check_cost(limits, {})

    def check_cost(self, limits: Limits, variables: Mapping[str, object]) -> int:
        """What it costs with these (uncoerced) variables; `LimitExceeded` where that is too much."""
        found = evaluate(self.cost, {**self.defaults, **variables}, limits.page)
        if found > limits.cost:
            raise LimitExceeded("graphql.too_costly", "Cost", limits.cost, found)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """What a whole document asks for, by the name of its operations."""

    operations: Mapping[str | None, Operation]
    definitions: int
    introspects: bool
    visited: int
    """Selections that the pass looked at: at most as many as the document has."""

    def check(self, limits: Limits) -> None:
        """Refuse with `LimitExceeded` what no variable can change."""
        for operation in self.operations.values():
            operation.check(limits)
        if self.definitions > limits.definitions:
            what = "Operations and fragments"
            raise LimitExceeded("graphql.too_many_definitions", what, limits.definitions, self.definitions)


@dataclass(slots=True)
class _Selection:
    """What a selection set asks for, with all its fragments written out."""

    depth: int = 0
    aliases: int = 0
    names: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Response name → how often, and how many comparisons its own fields take against a copy of themselves."""
    merges: int = 0
    cost: Cost = 0

    def include(self, other: "_Selection") -> None:
        self.depth = max(self.depth, other.depth)
        self.aliases = min(CEILING, self.aliases + other.aliases)
        self.merges = min(CEILING, self.merges + other.merges)
        self.cost = add(self.cost, other.cost)
        for name, (count, weight) in other.names.items():
            before, heaviest = self.names.get(name, (0, 0))
            self.names[name] = (min(CEILING, before + count), max(heaviest, weight))

    def comparisons(self) -> int:
        """Pairs of equal response names that validation compares, in here and below."""
        pairs = sum(count * (count - 1) // 2 * (1 + weight) for count, weight in self.names.values())
        return min(CEILING, self.merges + pairs)

    def weight(self) -> int:
        return min(CEILING, sum(count * count * (1 + weight) for count, weight in self.names.values()))


class _Pass:
    """The one walk over a document; holds what has been measured already."""

    def __init__(self, document: DocumentNode, schema: GraphQLSchema, limits: Limits) -> None:
        self.schema = schema
        self.sizes = ListSizes(limits.page, limits.list_sizes)
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self.known: dict[str, _Selection] = {}
        self.introspects = False
        self.visited = 0

    def operation(self, node: OperationDefinitionNode) -> Operation:
        root = getattr(self.schema, _ROOTS[node.operation])
        whole = self.selection(node.selection_set, root)
        defaults = {
            variable.variable.name.value: literal_size(variable.default_value)
            for variable in node.variable_definitions or ()
            if variable.default_value is not None
        }
        return Operation(
            depth=whole.depth,
            aliases=whole.aliases,
            root_fields=min(CEILING, sum(count for count, _ in whole.names.values())),
            merges=whole.comparisons(),
            cost=whole.cost,
            defaults=defaults,
        )

    def selection(self, node: SelectionSetNode, parent: GraphQLNamedType | None) -> _Selection:
        whole = _Selection()
        for child in node.selections:
            self.visited += 1
            if isinstance(child, FieldNode):
                whole.include(self.field(child, parent))
            elif isinstance(child, FragmentSpreadNode):
                whole.include(self.fragment(child.name.value))
            elif isinstance(child, InlineFragmentNode):
                condition = child.type_condition
                inner = self.schema.get_type(condition.name.value) if condition else parent
                whole.include(self.selection(child.selection_set, inner))
        return whole

    def fragment(self, name: str) -> _Selection:
        if name not in self.known:
            # A fragment that comes back to itself, or is nowhere, counts nothing: validation refuses it.
            self.known[name] = _Selection()
            if (node := self.fragments.get(name)) is not None:
                condition = self.schema.get_type(node.type_condition.name.value)
                self.known[name] = self.selection(node.selection_set, condition)
        return self.known[name]

    def field(self, node: FieldNode, parent: GraphQLNamedType | None) -> _Selection:
        name = node.name.value
        definition = getattr(parent, "fields", {}).get(name)
        named = get_named_type(definition.type) if definition is not None else None
        inner = self.selection(node.selection_set, named) if node.selection_set else _Selection()
        if name in INTROSPECTION:
            # graphql-core has its own limit for these, and the schema is no row of a database.
            self.introspects = True
            depth, cost = 1, add(0, 0)
        else:
            size = self.sizes.of(node, definition, parent.name if parent else "")
            depth = 1 + inner.depth
            cost = multiply(size, add(1, inner.cost)) if node.selection_set or size != 1 else 0
        return _Selection(
            depth=depth,
            aliases=min(CEILING, inner.aliases + (node.alias is not None)),
            names={node.alias.value if node.alias else name: (1, inner.weight())},
            merges=inner.comparisons(),
            cost=cost,
        )


def measure(document: DocumentNode, schema: GraphQLSchema, limits: Limits) -> Measured:
    """What this document asks for, valid or not; `LimitExceeded` where it can't even be walked through."""
    walk = _Pass(document, schema, limits)
    try:
        operations = {
            node.name.value if node.name else None: walk.operation(node)
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        }
    except RecursionError:
        raise LimitExceeded("graphql.too_deep", "Levels of fields", limits.depth, None) from None
    return Measured(operations, len(document.definitions), walk.introspects, walk.visited)


def check_length(text: str, limits: Limits) -> None:
    """Refuse with `LimitExceeded` a text that is too long to be parsed at all."""
    found = len(text.encode(errors="surrogatepass")) if len(text) <= limits.document_bytes else len(text)
    if found > limits.document_bytes:
        raise LimitExceeded(
            "graphql.document_too_long", "Bytes of the document", limits.document_bytes, found
        )
