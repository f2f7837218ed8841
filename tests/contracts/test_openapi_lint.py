"""The linters' gate itself: quiet on a well-kept contract, and loud on each fault (R21)."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
LINT = HERE.parents[1] / "tools" / "npm" / "lint.sh"
Document = dict[str, Any]

pytestmark = pytest.mark.npm


@pytest.fixture
def lint(tmp_path: Path) -> Callable[[Document], subprocess.CompletedProcess[str]]:
    if shutil.which("node") is None:
        pytest.skip("no Node on this machine")

    def run(document: Document) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "openapi.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return subprocess.run([LINT, file], capture_output=True, text=True, timeout=240)

    return run


@pytest.fixture
def document() -> Document:
    loaded: Document = json.loads((HERE / "good_openapi.json").read_text(encoding="utf-8"))
    return loaded


def test_a_well_kept_contract_passes(lint: Callable[..., Any], document: Document) -> None:
    result = lint(document)
    assert result.returncode == 0, result.stdout


def test_each_fault_is_named(lint: Callable[..., Any], document: Document) -> None:
    schemas = document["components"]["schemas"]
    operation = document["paths"]["/v1/groups"]["post"]
    del schemas["GroupIn"]["properties"]["name"]["maxLength"]
    schemas["GroupIn"]["properties"]["starts_on"]["anyOf"][0].pop("format")
    del schemas["GroupIn"]["additionalProperties"]
    del operation["parameters"][0]["schema"]["maxLength"]
    del operation["responses"]["401"]
    operation["operationId"] = "startGroup"
    document["tags"][0].pop("description")
    result = lint(document)
    assert result.returncode == 1
    for trace in [
        "components/schemas/GroupIn/properties/name has no maxLength",
        "components/schemas/GroupIn/properties/starts_on/anyOf/0 has no maxLength",
        "components/schemas/GroupIn does not refuse unknown members",
        "paths//v1/groups/post/parameters/0/schema has no maxLength",
        "verksted-operation-id-is-verb-noun",
        "operation-4xx-response",
        "tag-description",
    ]:
        assert trace in result.stdout


def test_a_warning_alone_fails(lint: Callable[..., Any], document: Document) -> None:
    document["info"].pop("contact")
    result = lint(document)
    assert result.returncode == 1
    assert "info-contact" in result.stdout


def test_our_own_contract_passes(lint: Callable[..., Any]) -> None:
    ours = HERE.parents[1] / "openapi" / "openapi.json"
    result = lint(json.loads(ours.read_text(encoding="utf-8")))
    assert result.returncode == 0, result.stdout
