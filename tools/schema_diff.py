"""Which changes of a JSON Schema break clients, by the way it travels: into the service, or out of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

Node = Mapping[str, Any]


class Break(StrEnum):
    """The kinds of breaking change."""

    OPERATION_REMOVED = "operation-removed"
    OPERATION_RENAMED = "operation-renamed"
    PARAMETER_REMOVED = "parameter-removed"
    MEMBER_REMOVED = "member-removed"
    MEMBER_MAY_BE_ABSENT = "member-may-be-absent"
    REQUIRED_ADDED = "required-added"
    NOW_REQUIRED = "now-required"
    TYPE_CHANGED = "type-changed"
    ENUM_VALUE_REMOVED = "enum-value-removed"
    VALIDATION_ADDED = "validation-added"
    RESPONSE_REMOVED = "response-removed"
    MEDIA_TYPE_REMOVED = "media-type-removed"
    SECURITY_CHANGED = "security-changed"


class Way(Enum):
    """Which way a value travels, seen from the service."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breaking change: its kind, where in the contract, and what is different."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


_FLOORS = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
_CEILINGS = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
_CONDITIONS = ("pattern", "format", "const", "uniqueItems", "multipleOf")
_EVERYTHING = frozenset({"null", "boolean", "object", "array", "number", "integer", "string"})


class Schemas:
    """Compares schemas of an old document with those of a new one; each pair only once."""

    def __init__(self, old: Node, new: Node) -> None:
        self._old, self._new = old, new
        self._seen: set[tuple[object, object, Way]] = set()

    def compare(self, where: str, old: Node | None, new: Node | None, way: Way) -> Iterator[Finding]:
        """What breaks when `new` stands where `old` stood."""
        if old is None or new is None:
            return
        by_reference = "$ref" in old and "$ref" in new
        pair = (old["$ref"], new["$ref"], way) if by_reference else (id(old), id(new), way)
        if pair in self._seen:  # said already; and a schema may hold itself
            return
        self._seen.add(pair)
        before, after = _Shape.of(self._old, old), _Shape.of(self._new, new)
        yield from _types(where, before, after, way)
        if len(before.variants) > 1 or len(after.variants) > 1:
            yield from _variants(where, before, after, way)
            for name in before.variants.keys() & after.variants.keys():
                yield from self.compare(where, before.variants[name], after.variants[name], way)
            return
        yield from _enums(where, before, after, way)
        if way is Way.IN:
            yield from _validations(where, before.facts, after.facts)
        elif before.facts.get("format") != after.facts.get("format"):
            yield Finding(Break.TYPE_CHANGED, where, f"format was {before.facts.get('format')}")
        yield from self._members(where, before, after, way)
        for key, mark in (("items", "[]"), ("additionalProperties", "{}")):
            inner_old, inner_new = before.facts.get(key), after.facts.get(key)
            if isinstance(inner_old, Mapping) and isinstance(inner_new, Mapping):
                yield from self.compare(f"{where}{mark}", inner_old, inner_new, way)

    def _members(self, where: str, old: "_Shape", new: "_Shape", way: Way) -> Iterator[Finding]:
        for name, member in old.members.items():
            place = f"{where}.{name}"
            if name not in new.members:
                yield Finding(Break.MEMBER_REMOVED, place, "is gone or has another name")
                continue
            if way is Way.IN and name in new.required - old.required:
                yield Finding(Break.NOW_REQUIRED, place, "was optional")
            if way is Way.OUT and name in old.required - new.required:
                yield Finding(Break.MEMBER_MAY_BE_ABSENT, place, "was always there")
            yield from self.compare(place, member, new.members[name], way)
        if way is Way.IN:
            for name in sorted(new.required - old.members.keys()):
                yield Finding(Break.REQUIRED_ADDED, f"{where}.{name}", "is new and required")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A schema with its references followed, `allOf` merged, and its alternatives by name."""

    facts: Node
    types: frozenset[str]
    members: Mapping[str, Node]
    required: frozenset[str]
    variants: Mapping[str, Node]
    """The members of `anyOf` or `oneOf`, except null; the schema itself where there are none."""

    @classmethod
    def of(cls, document: Node, schema: Node) -> "_Shape":
        facts = _merged(document, schema)
        alternatives = [*facts.get("anyOf", ()), *facts.get("oneOf", ())]
        bodies = [_merged(document, alternative) for alternative in alternatives]
        named = {
            _name(alternative, body): alternative
            for alternative, body in zip(alternatives, bodies, strict=True)
            if body.get("type") != "null"
        }
        types = frozenset().union(*(map(_types_of, bodies))) if alternatives else _types_of(facts)
        if len(named) == 1:  # something or null: look through to the something
            (only,) = named.values()
            inner = cls.of(document, only)
            return cls({**facts, **inner.facts}, types, inner.members, inner.required, inner.variants)
        members, required = facts.get("properties", {}), frozenset(facts.get("required", ()))
        return cls(facts, types, members, required, named or {_name(schema, facts): schema})


def _merged(document: Node, schema: Node) -> dict[str, Any]:
    facts = dict(schema)
    while "$ref" in facts:
        target: Any = document
        for step in str(facts.pop("$ref")).removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        facts = {**target, **facts}
    for part in facts.pop("allOf", ()):
        inner = _merged(document, part)
        members = {**facts.get("properties", {}), **inner.get("properties", {})}
        required = [*facts.get("required", ()), *inner.get("required", ())]
        facts = {**inner, **facts, "properties": members, "required": required}
    return facts


def _name(alternative: Node, body: Node) -> str:
    return str(alternative.get("$ref") or (body.get("type"), body.get("format"), body.get("const")))


def _types_of(facts: Node) -> frozenset[str]:
    declared = facts.get("type", ())
    types = frozenset([declared] if isinstance(declared, str) else declared) or _EVERYTHING
    return types | {"integer"} if "number" in types else types


def _types(where: str, old: _Shape, new: _Shape, way: Way) -> Iterator[Finding]:
    narrower, wider = (new, old) if way is Way.OUT else (old, new)
    if not narrower.types <= wider.types:
        yield Finding(Break.TYPE_CHANGED, where, f"{_listed(old.types)} became {_listed(new.types)}")


def _listed(types: frozenset[str]) -> str:
    return "anything" if types == _EVERYTHING else " or ".join(sorted(types))


def _enums(where: str, old: _Shape, new: _Shape, way: Way) -> Iterator[Finding]:
    before, after = old.facts.get("enum"), new.facts.get("enum")
    if before is not None and after is not None:
        for value in before:
            if value not in after:
                yield Finding(Break.ENUM_VALUE_REMOVED, where, f"{value!r} is gone")
    elif after is not None and way is Way.IN:
        yield Finding(Break.VALIDATION_ADDED, where, "takes only some values now")
    elif before is not None and way is Way.OUT:
        yield Finding(Break.TYPE_CHANGED, where, "was one of a few values")


def _validations(where: str, old: Node, new: Node) -> Iterator[Finding]:
    for keys, sign in ((_FLOORS, 1), (_CEILINGS, -1)):
        for key in keys:
            before, after = old.get(key), new.get(key)
            if after is not None and (before is None or sign * after > sign * before):
                yield Finding(Break.VALIDATION_ADDED, where, f"{key} {before} became {after}")
    for key in _CONDITIONS:
        after = new.get(key)
        if after not in (None, False) and old.get(key) != after:
            yield Finding(Break.VALIDATION_ADDED, where, f"{key} {old.get(key)} became {after}")
    if new.get("additionalProperties") is False and old.get("additionalProperties") is not False:
        yield Finding(Break.VALIDATION_ADDED, where, "refuses members that it doesn't know")


def _variants(where: str, old: _Shape, new: _Shape, way: Way) -> Iterator[Finding]:
    """Alternatives: none that came in may be refused, and no new one may go out."""
    lost, gained = old.variants.keys() - new.variants.keys(), new.variants.keys() - old.variants.keys()
    for name in sorted(lost if way is Way.IN else gained):
        what = "is not taken any more" if way is Way.IN else "is a new alternative"
        yield Finding(Break.TYPE_CHANGED, where, f"{name} {what}")
