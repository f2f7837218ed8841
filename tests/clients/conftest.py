"""Both clients are built here from the committed OpenAPI document, and tried out against a real server."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.support.serving import serving

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def url(web: FastAPI) -> AsyncIterator[str]:
    """The service of this worker, on a loopback port."""
    async with serving(web) as url:
        yield url


async def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> tuple[int, str]:
    """Run a program beside the server that serves it: its exit code, and what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VERKSTED_")}
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        env=kept | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), 300)
    except TimeoutError:
        process.kill()
        raise
    return process.returncode or 0, said.decode()
