"""The newcomer's two commands, as far as a test can play them: everything on one machine, and the story over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.adapters.postgres.embedded import stop_orphan
from app.demo.story import CHAPTERS
from tests.support.canaries import Tap
from tests.support.embedded import postmaster, runs

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens to just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """A newcomer's environment: nothing of ours in it, but where the data go."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VERKSTED_")}
    kept.pop("DATABASE_URL", None)
    return {**kept, "VERKSTED_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}


def command(*arguments: str) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "app.cli", *arguments]


def wait_until_ready(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Ask until it answers; a server that has gone away has failed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(f"the server ended with {server.returncode}")
        try:
            if httpx.get(f"{url}/readyz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server never got ready")


def start(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    """`verksted run`, in a process of its own."""
    with (folder.parent / "said").open("ab") as said:
        return subprocess.Popen(
            command("run", "--port", str(port)),
            cwd=ROOT,
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=said,
        )


@pytest.fixture
def folder(tmp_path: Path, tap: Tap) -> Iterator[Path]:
    """Where this machine's data go; its PostgreSQL is stopped at the end, and its log is read."""
    place = tmp_path / "local"
    yield place
    stop_orphan(place / "postgres")
    tap.read_log(tmp_path / "said")


def test_run_then_story_then_a_second_start_after_a_kill_keeps_the_data(folder: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    first = start(folder, port)
    try:
        wait_until_ready(url, first)
        told = subprocess.run(
            command("story", "--url", url), cwd=ROOT, env=environment(folder), capture_output=True, text=True
        )
        assert told.returncode == 0, told.stdout + told.stderr
        assert [line[3:-3] for line in told.stdout.splitlines() if line.startswith("== ")] == [
            title for title, _ in CHAPTERS
        ]
        assert "Nobody came in by any other" in told.stdout
        for way in ("refused, REST", "refused, GraphQL"):
            assert told.stdout.count(way) >= 10, told.stdout
        before = httpx.get(f"{url}/v1/organisations?limit=100").json()["items"]
    finally:
        first.kill()
        first.communicate()
    second = start(folder, port)
    try:
        wait_until_ready(url, second)
        assert httpx.get(f"{url}/v1/organisations?limit=100").json()["items"] == before
        assert httpx.get(f"{url}/docs").status_code == 200
        database = postmaster(folder / "postgres")
        assert runs(database, folder / "postgres")
        second.send_signal(signal.SIGTERM)
        printed, _ = second.communicate(timeout=60)
        assert b"kept as it was" in printed
        assert second.returncode == 128 + signal.SIGTERM
        assert not runs(database, folder / "postgres"), "its PostgreSQL goes with it"
    finally:
        second.kill()
        second.wait()


@pytest.mark.parametrize("wrong", ["run", "serve", "seed", "story"])
def test_production_has_no_development_issuer_and_no_demo(tmp_path: Path, wrong: str) -> None:
    settings = {
        "VERKSTED_ENVIRONMENT": "production",
        "VERKSTED_SECRET": "x" * 40,
        "VERKSTED_BALLOT_KEYS": str(tmp_path / "keys"),
        "VERKSTED_PERSON_KEYS": str(tmp_path / "person-keys"),
    }
    ended = subprocess.run(
        command(wrong),
        cwd=ROOT,
        env=environment(tmp_path) | settings,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode != 0
