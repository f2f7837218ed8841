"""What the house promises of its rooms, read from the source itself."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from inspect import signature
from typing import Any

import pytest

from app.services.registry import Services
from tests.architecture.tree import ROOT, files, imports, named, parsed, public

LONGEST = 300
LONGER: dict[str, str] = {
    **{
        f"app/api/shared/operations/{name}.py": "a table: one entry for each operation"
        for name in ("admission", "groups", "organisations", "meetings")
    },
}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "time_ns", "monotonic_ns"}


def use_cases() -> Iterator[tuple[str, Any]]:
    """Every use case, by its name in the registry."""
    for feature in fields(Services):
        kind: Any = feature.type
        for field in fields(kind):
            yield f"{feature.name}.{field.name}", field.type


USE_CASES = dict(use_cases())
every_use_case = pytest.mark.parametrize("name", USE_CASES)


def test_who_may_import_whom() -> None:
    """The contracts of `.importlinter`, as `lint-imports` judges them."""
    tool = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-c", tool, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", files("domain"), ids=named)
def test_the_domain_neither_waits_nor_looks_at_a_clock(path: Any) -> None:
    for node in ast.walk(parsed(path)):
        assert not isinstance(node, (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCKS, f"{named(path)}:{node.lineno} looks at a clock"
    assert not {"time", "random", "secrets", "os", "asyncio"} & set(imports(path))


@pytest.mark.parametrize("path", files("services"), ids=named)
def test_the_services_look_at_no_clock_but_the_transactions(path: Any) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCKS, f"{named(path)}:{node.lineno} looks at a clock"
    assert not {"time", "random", "secrets", "os", "asyncio"} & set(imports(path))


@pytest.mark.parametrize("path", files("domain", "services"), ids=named)
def test_domain_and_services_stand_on_the_standard_library(path: Any) -> None:
    below = ("app.domain",) if "domain" in path.parts else ("app.domain", "app.services")
    for module in imports(path):
        top = module.split(".")[0]
        assert top in sys.stdlib_module_names or module.startswith(below), f"{named(path)} imports {module}"


@pytest.mark.parametrize("path", files("domain", "services"), ids=named)
def test_every_public_name_says_what_it_is_for(path: Any) -> None:
    tree = parsed(path)
    assert ast.get_docstring(tree) or not tree.body, f"{named(path)} has no docstring"
    silent = [node.name for node in public(tree.body) if not ast.get_docstring(node) and not _is_told(node)]
    assert not silent, f"{named(path)}: {silent}"


def _is_told(node: ast.stmt) -> bool:
    """What needs no words: a line of a port whose types say all (`...`), and one line that only answers."""
    if isinstance(node, ast.ClassDef):
        return False
    body = getattr(node, "body", [])
    return len(body) == 1 and (
        isinstance(body[0], ast.Return)
        or (isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant))
    )


@pytest.mark.parametrize("path", files(), ids=named)
def test_files_stay_small(path: Any) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST or named(path) in LONGER, f"{named(path)} has {lines} lines"


def test_whoever_may_be_longer_is_there() -> None:
    assert {named(path) for path in files()} >= set(LONGER)


@every_use_case
def test_a_use_case_takes_the_actor_first(name: str) -> None:
    parameters = list(signature(USE_CASES[name].__call__).parameters)
    assert parameters[:2] == ["self", "actor"]


@every_use_case
def test_a_use_case_is_a_frozen_handful_of_ports(name: str) -> None:
    use_case: Any = USE_CASES[name]
    assert is_dataclass(use_case)
    assert 1 <= len(fields(use_case)) <= 5
    assert vars(use_case)["__dataclass_params__"].frozen
    assert hasattr(use_case, "__slots__")


@every_use_case
def test_a_use_case_has_its_own_file_named_by_its_verb(name: str) -> None:
    feature, verb = name.split(".")
    use_case = USE_CASES[name]
    assert use_case.__module__ == f"app.services.{feature}.{verb}"
    assert use_case.__name__.lower() == verb.replace("_", "")


@every_use_case
def test_no_use_case_calls_another(name: str) -> None:
    others = {kind.__name__ for kind in USE_CASES.values()} - {USE_CASES[name].__name__}
    hints = {str(field.type) for field in fields(USE_CASES[name])}
    assert not {other for other in others if any(other in hint for hint in hints)}
