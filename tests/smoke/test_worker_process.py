"""`verksted worker`, as a process: it tells when it is ready, and ends in order."""

import asyncio
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import httpx

from tests.conftest import SECRET
from tests.support.canaries import Tap

ROOT = Path(__file__).parents[2]


async def test_it_is_ready_does_its_duties_and_ends_in_order(
    database_url: str, tmp_path: Path, tap: Tap
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VERKSTED_")},
        "DATABASE_URL": database_url,
        "VERKSTED_ENVIRONMENT": "test",
        "VERKSTED_SECRET": SECRET,
        "VERKSTED_DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "app.cli", "worker", "--port", str(port)]
    said = tmp_path / "said"
    with said.open("wb") as file:
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stderr=file)
    try:
        async with (
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http,
            asyncio.timeout(60),
        ):
            ran = 'verksted_duty_runs_total{duty="count_due_ballots",ended="well"}'
            figures = ""
            while ran not in figures:
                await asyncio.sleep(0.05)
                with suppress(httpx.HTTPError):
                    if (await http.get("/readyz")).status_code == 200:
                        figures = (await http.get("/metrics")).text
            assert (await http.get("/v1/organisations")).status_code == 404
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            assert await process.wait() == -signal.SIGTERM, "uvicorn says why it ended, once all is done"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    tap.read_log(said)
    assert "worker: has ended" in said.read_text()
