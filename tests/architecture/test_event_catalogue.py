"""The catalogue of events and the code say the same: what is emitted stands in it, and what stands in it is emitted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.events.catalogue import CATALOGUE
from app.domain.events.event_type import Known
from app.domain.events.webhook import TEST
from app.services.events.views import EventDataView
from tools.events_table import DOCUMENT, WHO, document

APP = Path(__file__).parent.parent.parent / "app"


def emitted(tree: ast.AST) -> Iterator[str | None]:
    """The types in calls of `Event(…)`; None for one that isn't written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Event":
            first = node.args[0] if node.args else None
            yield first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def in_the_code() -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for path in sorted(APP.rglob("*.py")):
        for name in emitted(ast.parse(path.read_text("utf-8"))):
            found.setdefault(name, []).append(str(path.relative_to(APP)))
    return found


def test_the_walk_sees_what_it_has_to() -> None:
    assert set(emitted(ast.parse('tx.emit(Event("a.b", i, {})); Event(f"a.{x}", i, {})'))) == {"a.b", None}


def test_every_event_that_is_emitted_stands_in_the_catalogue_and_the_other_way_round() -> None:
    found = in_the_code()
    assert None not in found, f"write the type out, so that it can be found: {found[None]}"
    assert found.keys() - {TEST} == CATALOGUE.keys(), "a test goes to one webhook, and stands in no feed"


def test_what_the_feed_carries_has_a_place_in_its_view() -> None:
    places = set(EventDataView.__dataclass_fields__)
    for each in CATALOGUE.values():
        if each.in_the_feed:
            assert {f"{name}_id" for name in each.carries} <= places, each.name


@pytest.mark.hazard("P-h6")
def test_the_page_about_events_is_what_the_code_says() -> None:
    assert set(WHO) == set(Known)
    assert DOCUMENT.read_text("utf-8") == document(), "make events, and commit docs/events.md"
