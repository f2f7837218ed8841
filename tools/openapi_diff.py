"""What in a new contract breaks a client of the old one: `python -m tools.openapi_diff OLD NEW`.

Two OpenAPI documents (.json) or two GraphQL schemas (.graphql). Exit code 0: compatible, 1: breaking, 2: wrong use.
What counts as breaking is GitHub's list for its REST API, seen from both sides: what comes in may be asked
less, never more; what goes out may hold more, never less. The changes of schemas are in `tools.schema_diff`.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graphql import build_schema
from graphql.utilities import find_breaking_changes

from tools.schema_diff import Break, Finding, Schemas, Way

_METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
Node = Mapping[str, Any]


def openapi_breaks(old: Node, new: Node) -> list[Finding]:
    """Everything that breaks clients, in the order of the old document; empty if nothing does."""
    return list(_Documents(old, new).breaks())


def graphql_breaks(old: str, new: str) -> list[Finding]:
    """The same for two GraphQL schemas in the schema definition language."""
    changes = find_breaking_changes(build_schema(old), build_schema(new))
    return [
        Finding(change.type.name.lower().replace("_", "-"), "schema", change.description)
        for change in changes
    ]


class _Documents:
    """The old and the new document, compared operation by operation."""

    def __init__(self, old: Node, new: Node) -> None:
        self._old, self._new = old, new
        self._schemas = Schemas(old, new)

    def breaks(self) -> Iterator[Finding]:
        new_operations = dict(_operations(self._new))
        for (method, path), (old, old_item) in _operations(self._old):
            where = f"{method.upper()} {path}"
            if (method, path) not in new_operations:
                yield Finding(Break.OPERATION_REMOVED, where, "is gone")
                continue
            new, new_item = new_operations[method, path]
            if old.get("operationId") != new.get("operationId"):
                yield Finding(
                    Break.OPERATION_RENAMED, where, f"was {old.get('operationId')}: clients call it so"
                )
            yield from self._parameters(where, (old, old_item), (new, new_item))
            yield from self._body(where, old.get("requestBody"), new.get("requestBody"))
            yield from self._responses(where, old.get("responses", {}), new.get("responses", {}))
            yield from self._security(where, old, new)

    def _parameters(self, where: str, old: tuple[Node, Node], new: tuple[Node, Node]) -> Iterator[Finding]:
        before = _parameters(self._old, *old)
        after = _parameters(self._new, *new)
        for key, parameter in before.items():
            place = f"{where}: {key[0]} parameter {key[1]}"
            if key not in after:
                yield Finding(Break.PARAMETER_REMOVED, place, "is gone or has another name")
                continue
            if after[key].get("required") and not parameter.get("required"):
                yield Finding(Break.NOW_REQUIRED, place, "was optional")
            yield from self._schemas.compare(place, parameter.get("schema"), after[key].get("schema"), Way.IN)
        for key in after.keys() - before.keys():
            if after[key].get("required"):
                place = f"{where}: {key[0]} parameter {key[1]}"
                yield Finding(Break.REQUIRED_ADDED, place, "is new and required")

    def _body(self, where: str, old: Node | None, new: Node | None) -> Iterator[Finding]:
        place = f"{where}: body"
        before, after = resolve(self._old, old), resolve(self._new, new)
        if after.get("required") and not before:
            yield Finding(Break.REQUIRED_ADDED, place, "is new and required")
        elif after.get("required") and not before.get("required"):
            yield Finding(Break.NOW_REQUIRED, place, "was optional")
        yield from self._content(place, before, after, Way.IN)

    def _responses(self, where: str, old: Node, new: Node) -> Iterator[Finding]:
        for status, response in old.items():
            place = f"{where}: {status}"
            if status not in new:
                if status.startswith("2"):
                    yield Finding(Break.RESPONSE_REMOVED, place, "is not answered any more")
                continue
            before, after = resolve(self._old, response), resolve(self._new, new[status])
            for header in before.get("headers", {}).keys() - after.get("headers", {}).keys():
                yield Finding(Break.MEMBER_REMOVED, f"{place}: header {header}", "is gone")
            yield from self._content(place, before, after, Way.OUT)

    def _content(self, place: str, old: Node, new: Node, way: Way) -> Iterator[Finding]:
        after = new.get("content", {})
        for media_type, media in old.get("content", {}).items():
            if media_type not in after:
                yield Finding(Break.MEDIA_TYPE_REMOVED, f"{place} {media_type}", "is gone")
                continue
            yield from self._schemas.compare(place, media.get("schema"), after[media_type].get("schema"), way)

    def _security(self, where: str, old: Node, new: Node) -> Iterator[Finding]:
        """Each way to be let in that worked must still be enough: fewer schemes and scopes are, others aren't."""
        before = _alternatives(self._old, old)
        after = _alternatives(self._new, new)
        for alternative in before:
            if not any(fresh <= alternative for fresh in after):
                asked = ", ".join(sorted(f"{scheme} {scope}".strip() for scheme, scope in alternative))
                yield Finding(Break.SECURITY_CHANGED, where, f"{asked or 'no token'} was enough before")
        for scheme in sorted({scheme for alternative in before for scheme, _ in alternative}):
            if _scheme(self._old, scheme) != _scheme(self._new, scheme):
                yield Finding(Break.SECURITY_CHANGED, where, f"the scheme {scheme} means something else now")


def resolve(document: Node, node: Node | None) -> Node:
    """The node itself or what its reference points at; an empty one for None."""
    while node is not None and "$ref" in node:
        target: Any = document
        for step in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        node = target
    return node if node is not None else {}


def _operations(document: Node) -> Iterator[tuple[tuple[str, str], tuple[Node, Node]]]:
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield (method, path), (item[method], item)


def _parameters(document: Node, operation: Node, item: Node) -> dict[tuple[str, str], Node]:
    """By place and name; what the operation says goes before what its path says."""
    listed = [*item.get("parameters", ()), *operation.get("parameters", ())]
    resolved = [resolve(document, parameter) for parameter in listed]
    return {(parameter["in"], parameter["name"]): parameter for parameter in resolved}


def _alternatives(document: Node, operation: Node) -> list[frozenset[tuple[str, str]]]:
    """The ways to be let in, each as its (scheme, scope) pairs; without any security, one that asks nothing."""
    listed = operation.get("security", document.get("security", [])) or [{}]
    return [
        frozenset((scheme, scope) for scheme, scopes in entry.items() for scope in ("", *scopes))
        for entry in listed
    ]


def _scheme(document: Node, name: str) -> tuple[object, ...]:
    scheme = document.get("components", {}).get("securitySchemes", {}).get(name, {})
    return tuple(scheme.get(part) for part in ("type", "scheme", "in", "name"))


def main(arguments: list[str]) -> int:
    """Print the findings; the exit code says whether there are any."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    old, new = (Path(argument).read_text(encoding="utf-8") for argument in arguments)
    if arguments[0].endswith(".graphql"):
        findings = graphql_breaks(old, new)
    else:
        findings = openapi_breaks(json.loads(old), json.loads(new))
    for finding in findings:
        print(finding)
    print(f"{len(findings)} breaking changes")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
