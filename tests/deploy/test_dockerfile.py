"""The Dockerfile, read: what goes into the image, as whom it runs, and what it starts."""

import re
from pathlib import Path

import pytest

from tests.deploy.dockerfile import in_context, steps_of

REPOSITORY = Path(__file__).parents[2]
IGNORE = REPOSITORY / ".dockerignore"
STEPS = steps_of(REPOSITORY / "Dockerfile")


def only(instruction: str) -> list[str]:
    [step] = [step for step in STEPS if step.instruction == instruction]
    return step.words


def test_it_begins_with_the_python_that_we_are_tested_with() -> None:
    assert only("FROM") == ["python:3.11-slim"]


def test_only_locked_packages_with_their_hashes_are_installed() -> None:
    installs = [step.rest for step in STEPS if step.instruction == "RUN" and "pip" in step.rest]
    assert installs == ["pip install --require-hashes -r requirements.lock"]


def test_it_does_not_run_as_root_and_starts_the_service() -> None:
    names = [step.instruction for step in STEPS]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", only("USER")[0])
    assert names.index("USER") < names.index("CMD")
    assert all(name not in ("RUN", "COPY", "ADD") for name in names[names.index("USER") :])
    assert only("CMD") == ["python", "-m", "app.cli", "serve", "--host", "0.0.0.0", "--port", "8000"]


def test_what_is_copied_is_there_and_in_the_context() -> None:
    copied = [source for step in STEPS if step.instruction == "COPY" for source in step.words[:-1]]
    assert copied
    for source in copied:
        assert (REPOSITORY / source).exists(), source
        assert in_context(source, IGNORE), source


@pytest.mark.parametrize("path", [".git", ".env", ".venv", ".local", "tests", "docs", "docker-compose.yml"])
def test_what_has_no_business_in_an_image_is_not_even_in_the_context(path: str) -> None:
    assert not in_context(path, IGNORE)


def test_no_secret_and_no_registry_stands_in_it() -> None:
    text = (REPOSITORY / "Dockerfile").read_text()
    assert not re.search(
        r"(?i)password|token|index-url|trusted-host|://", text.replace("requirements.lock", "")
    )
