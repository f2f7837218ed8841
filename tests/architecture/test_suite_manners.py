"""What tests must not do to each other: they share a process, a loop, and servers that go on behind them."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, named, parsed

EVERYBODYS = {"asyncio", "time"}
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def changes_of_what_all_wait_by(tree: ast.Module) -> list[int]:
    """The lines at which something of `asyncio` or `time` is put in another's place."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        place = ast.unparse(node.args[0]).strip("'\"").split(".")
        # By name ("app.x.asyncio.sleep") the last word is what is replaced, so the module stands before it.
        owner = place[-2:-1] if isinstance(node.args[0], ast.Constant) else place[-1:]
        if node.func.attr == "setattr" and EVERYBODYS.intersection(owner):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_no_test_stops_the_clock_of_all(path: Path) -> None:
    """A server that waits by `asyncio.sleep` turns without end where that is replaced, and the whole run hangs.

    Give what is tested its own pause or clock, as `Even` and `Ways` take them.
    """
    assert changes_of_what_all_wait_by(parsed(path)) == []


@pytest.mark.parametrize(
    "line",
    [
        "patch.setattr(asyncio, 'sleep', mine)",
        "patch.setattr(module.asyncio, 'sleep', mine)",
        "patch.setattr('app.module.time.monotonic', mine)",
    ],
)
def test_it_is_seen_however_it_is_done(line: str) -> None:
    assert changes_of_what_all_wait_by(ast.parse(line)) == [1]


def test_what_is_one_s_own_may_be_changed() -> None:
    assert changes_of_what_all_wait_by(ast.parse("patch.setattr('app.module.pause', mine)")) == []
