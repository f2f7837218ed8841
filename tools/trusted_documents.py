"""The list of trusted documents, from `.graphql` files: `python -m tools.trusted_documents [FOLDER LIST]`.

Without arguments: our own apps' (`app/api/graphql/documents`). Each operation becomes one document, with the fragments
that it reaches, from whichever file of the folder. What doesn't fit the schema, or asks for too much, gets into no list.
What a list has had stays in it, as apps go on asking what they were built with; an old document is taken out by hand,
with a note under `removed`: `{"name": …, "on": …, "why": …}`.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from app.api.graphql.endpoint import LIMITS
from app.api.graphql.preparation import Documents, RequestRefused
from app.api.graphql.schema import make_schema
from app.api.graphql.trusted import OWN, entries

NOTHING: Mapping[str, Any] = {"documents": {}, "removed": {}}


class _Spreads(Visitor):
    """Finds the names of the fragments that are spread."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        """Note its name."""
        self.names.add(node.name.value)


def documents(folder: Path) -> list[tuple[str, str]]:
    """Name and text of each operation in the folder, by name."""
    definitions = [
        definition
        for path in sorted(folder.glob("*.graphql"))
        for definition in parse(path.read_text("utf-8"), no_location=True).definitions
    ]
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    names = [each.name.value if each.name else "" for each in operations]
    if "" in names or len(set(names)) != len(names):
        raise SystemExit("each operation needs a name of its own")
    return sorted(
        (name, print_ast(DocumentNode(definitions=(each, *_reached(each, fragments)))))
        for name, each in zip(names, operations, strict=True)
    )


def _reached(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> list[FragmentDefinitionNode]:
    found: dict[str, FragmentDefinitionNode] = {}
    waiting: list[Node] = [operation]
    while waiting:
        finder = _Spreads()
        visit(waiting.pop(), finder)
        for name in sorted(finder.names - found.keys()):
            found[name] = fragments[name]
            waiting.append(fragments[name])
    return [found[name] for name in sorted(found)]


def require_fit(listed: Mapping[str, Mapping[str, str]]) -> None:
    """Refuse a list with a document that would be refused when it is asked for."""
    known = Documents(make_schema()._schema, LIMITS)
    for entry in listed.values():
        try:
            known.prepare(entry["text"], may_introspect=False)
        except RequestRefused as refused:
            raise SystemExit(f"{entry['name']}: {refused.errors}") from None


def renewed(before: Mapping[str, Any], folder: Path) -> str:
    """The list with what stands in the folder now, and with all that it has had."""
    kept = {**before["documents"], **entries(documents(folder))}
    if again := kept.keys() & before["removed"].keys():
        raise SystemExit(f"removed, and there again: {sorted(again)}")
    require_fit(kept)
    listed = {name: kept[name] for name in sorted(kept, key=lambda each: (kept[each]["name"], each))}
    return (
        json.dumps({"documents": listed, "removed": before["removed"]}, indent=2, ensure_ascii=False) + "\n"
    )


def main(folder: Path, path: Path) -> None:
    """Write the list anew."""
    before = json.loads(path.read_text("utf-8")) if path.exists() else NOTHING
    path.write_text(renewed(before, folder), "utf-8")


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:3]]
    main(*(given if len(given) == 2 else (OWN.parent, OWN)))
