"""The JWT library stays replaceable: one file knows it."""

import ast
from pathlib import Path

import app.adapters.identity

APP = Path(app.adapters.identity.__file__).parents[2]


def imported_by(path: Path) -> set[str]:
    """The top-level packages that this file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names.add(node.module.split(".")[0])
    return names


def test_one_file_imports_python_jose_and_none_its_oracle() -> None:
    files = {path.relative_to(APP).as_posix(): imported_by(path) for path in APP.rglob("*.py")}
    assert [path for path, names in files.items() if "jose" in names] == ["adapters/identity/signature.py"]
    assert not [path for path, names in files.items() if names & {"joserfc", "jwt", "authlib"}]
