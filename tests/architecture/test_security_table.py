"""docs/security.md claims nothing without a test: each row names one, and each that is named exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (API\d+:2023|\d+\.\d+\.\d+) \|(.+)\|$", (ROOT / "docs" / "security.md").read_text("utf-8"), re.M
)
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def _tests_of(path: Path) -> frozenset[str]:
    body = ast.parse(path.read_text("utf-8")).body
    return frozenset(each.name for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def missing(text: str) -> list[str]:
    """The tests that a text names and that don't exist; or that it names none."""
    named = _NAMED.findall(text)
    found = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or name not in _tests_of(ROOT / path)
    ]
    return found if named else ["no test is named"]


def test_every_row_is_held_by_tests_that_exist() -> None:
    assert [(number, missing(text)) for number, text in ROWS if missing(text)] == []


def test_the_ten_are_all_there_and_no_number_twice() -> None:
    numbers = [number for number, _ in ROWS]
    assert len(set(numbers)) == len(numbers) > 30
    assert [number for number in numbers if number.startswith("API")] == [
        f"API{n}:2023" for n in range(1, 11)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "held",
        "`tests/gone.py::test_it`",
        "`tests/architecture/test_security_table.py::test_gone`",
    ],
)
def test_what_does_not_exist_is_found(text: str) -> None:
    assert missing(text)
