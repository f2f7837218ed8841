"""The service itself, as `verksted run` serves it to a newcomer, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from app.adapters.postgres.embedded import stop_orphan
from tests.browser.reporting import chromium_path

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 90


@contextmanager
def service(folder: Path) -> Iterator[str]:
    """Its URL while it runs. Skips where nothing could look at it."""
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    with running_service(folder) as url:
        yield url


@contextmanager
def running_service(folder: Path, **more: str) -> Iterator[str]:
    """Its URL while it runs, with its own database: migrated, seeded, serving. `more`: settings, as in the environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERKSTED_", "DATABASE_"))
    }
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "run", "--port", str(port)],
            env={**clean, **more, "VERKSTED_DATA_DIR": str(folder / "data")},
            cwd=ROOT,
            stdout=said,
            stderr=said,
        )
        try:
            wait_until_ready(process, f"http://127.0.0.1:{port}", folder / "said.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            stop_orphan(folder / "data" / "postgres")


def wait_until_ready(process: "subprocess.Popen[bytes]", url: str, said: Path) -> None:
    """Until it serves; with its own words if it doesn't."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(said.read_text())
