"""The image's steps done for real in an empty folder, and its command started against a database."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from app.adapters.postgres.embedded import start
from app.adapters.postgres.roles import role_urls
from tests.deploy.dockerfile import steps_of
from tests.support.embedded import temporary_place

REPOSITORY = Path(__file__).parents[2]
STEPS = steps_of(REPOSITORY / "Dockerfile")
SECRET = "a secret of the image's own test, long enough"
ISSUERS = [
    {
        "issuer": "https://issuer.test",
        "audience": "verksted",
        "jwks_uri": "https://issuer.test/jwks",
        "without_acr": "nothing",
    }
]
PATIENCE = 60.0


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """A folder with what the image has in its working directory, and a Python with what it has installed.

    Steps that make accounts and directories of the machine are left out; pip's cache is used, where there is one.
    """
    with temporary_place() as place:
        root = place.parent / "image"
        root.mkdir()
        subprocess.run([sys.executable, "-m", "venv", root.parent / "python"], check=True)
        for step in STEPS:
            if step.instruction == "COPY":
                *sources, target = step.words
                for source in sources:
                    copy(REPOSITORY / source, root / target)
            elif step.instruction == "RUN" and step.words[0] in ("pip", "python"):
                run = subprocess.run(["/bin/sh", "-c", step.rest], cwd=root, env=path_of(root), check=False)
                assert run.returncode == 0, step.rest
        yield root


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    else:
        shutil.copy(source, target)


def path_of(root: Path) -> dict[str, str]:
    """The environment of a step: this Python first, and our way to the packages (HOME, PIP_*)."""
    passed = {name: value for name, value in os.environ.items() if name == "HOME" or name.startswith("PIP_")}
    return {**passed, "PATH": f"{root.parent / 'python' / 'bin'}:/usr/bin:/bin"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(url: str, process: "subprocess.Popen[bytes]") -> tuple[int, bytes]:
    """The first answer of /readyz that is no refused connection; 200, or the last answer before patience ends."""
    end = time.monotonic() + PATIENCE
    answer = (0, b"")
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            answer = (error.code, error.read())
        except OSError:
            pass
        time.sleep(0.1)
    return answer


def command(words: list[str], **replaced: str) -> list[str]:
    """The command with the values of some options replaced."""
    given = {f"--{name}": value for name, value in replaced.items()}
    return [given.get(before, word) for before, word in zip(["", *words], words, strict=False)]


def test_the_image_migrates_starts_gets_ready_and_stops(image: Path) -> None:
    compose = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())["services"]
    [serve] = [step.words for step in STEPS if step.instruction == "CMD"]
    port = free_port()
    keys = image.parent / "ballot-keys"
    keys.mkdir(mode=0o700)
    people = str(image.parent / "person-keys")
    with start(image.parent / "data") as cluster:
        urls = role_urls(cluster.owner_url, SECRET)
        common = {
            **path_of(image), "VERKSTED_ENVIRONMENT": "production", "VERKSTED_SECRET": SECRET,
            "VERKSTED_PERSON_KEYS": people,
        }  # fmt: skip
        migrate = {**common, "DATABASE_URL": cluster.owner_url}
        assert set(compose["migrate"]["environment"]) == migrate.keys() - path_of(image).keys()
        subprocess.run(compose["migrate"]["command"], cwd=image, env=migrate, check=True)

        api = {
            **common, "VERKSTED_APP_URL": urls.app, "VERKSTED_TALLY_URL": urls.tally,
            "VERKSTED_BALLOT_KEYS": str(keys), "VERKSTED_ISSUERS": json.dumps(ISSUERS),
        }  # fmt: skip
        assert set(compose["api"]["environment"]) == api.keys() - path_of(image).keys()
        process = subprocess.Popen(command(serve, host="127.0.0.1", port=str(port)), cwd=image, env=api)
        try:
            assert ready(f"http://127.0.0.1:{port}/readyz", process)[0] == 200
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) in (0, -signal.SIGTERM)
