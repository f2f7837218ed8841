"""The committed contracts are what the code says today, and break nobody who goes by yesterday's (R20, G12)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.api.graphql.trusted import OWN
from app.api.shared.operations import ALL
from tests.architecture.test_operations import BESIDE
from tools.openapi_diff import graphql_breaks, openapi_breaks
from tools.trusted_documents import renewed, require_fit

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "openapi"
NAMES = ("openapi.json", "schema.graphql", "problems.md")
BASE = os.environ.get("VERKSTED_CONTRACT_BASE", "HEAD")
"""What to compare with: on a branch, the commit that it will be merged into."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of this code, from a process of their own: refusals that tests define stay out of them."""
    folder = tmp_path_factory.mktemp("openapi")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VERKSTED_")}
    command = [sys.executable, "-m", "app.cli", "openapi", "--out", str(folder)]
    environment = {**kept, "VERKSTED_DATA_DIR": str(folder / "data")}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=120, capture_output=True)
    return folder


def committed(name: str) -> str | None:
    """The snapshot as `BASE` has it; None where there is no such commit, or no such file in it."""
    return committed_at(f"openapi/{name}")


def committed_at(path: str) -> str | None:
    """Any file as `BASE` has it."""
    command = ["git", "show", f"{BASE}:{path}"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return shown.stdout if shown.returncode == 0 else None


@pytest.mark.parametrize("name", NAMES)
def test_the_snapshot_is_what_the_code_says(generated: Path, name: str) -> None:
    assert (SNAPSHOTS / name).read_text() == (generated / name).read_text(), (
        f"openapi/{name} is not what the code says: run `make openapi`, and read what has changed"
    )


def test_nothing_breaks_in_rest() -> None:
    before = committed("openapi.json")
    now = json.loads((SNAPSHOTS / "openapi.json").read_text())
    # A contract that stands for the first time breaks nobody.
    assert openapi_breaks(now if before is None else json.loads(before), now) == []


def test_nothing_breaks_in_graphql() -> None:
    before = committed("schema.graphql")
    now = (SNAPSHOTS / "schema.graphql").read_text()
    assert graphql_breaks(now if before is None else before, now) == []


def test_no_trusted_document_is_taken_away_without_a_word() -> None:
    """Apps go on asking what they were built with; whoever takes a document out says when and why."""
    before = committed_at(str(OWN.relative_to(ROOT)))
    now = json.loads(OWN.read_text())
    for name, entry in json.loads(before or '{"documents": {}}')["documents"].items():
        removed = now["removed"].get(name, {})
        assert entry == now["documents"].get(name) or (removed.get("on") and removed.get("why")), (
            f"the trusted document {entry['name']} ({name}) is gone: keep it, or say under `removed` when and why"
        )


def test_every_trusted_document_is_carried_out() -> None:
    """What apps in people's hands ask, this schema answers, within the limits; and the list is what the files say."""
    listed = json.loads(OWN.read_text())
    require_fit(listed["documents"])
    assert renewed(listed, OWN.parent) == OWN.read_text(), "run `python -m tools.trusted_documents`"


def test_every_operation_is_in_both_contracts() -> None:
    paths = json.loads((SNAPSHOTS / "openapi.json").read_text())["paths"]
    named = {operation["operationId"] for path in paths.values() for operation in path.values()}
    assert named == {operation.name for operation in ALL} | set(BESIDE)
    schema = (SNAPSHOTS / "schema.graphql").read_text()
    for operation in ALL:
        first, *rest = operation.name.split("_")
        camel = first + "".join(word.capitalize() for word in rest)
        assert f"\n  {camel}: " in schema or f"\n  {camel}(" in schema, camel
