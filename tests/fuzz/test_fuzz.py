"""Schemathesis over the whole REST contract: no server errors, and every answer as the document says (R3, R4, R6)."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from app.api.rest.news import PATH as NEWS
from app.api.shared.operations import ALL
from tests.architecture.test_operations import BESIDE
from tests.fuzz.stage import Stage, config_of, set_stage
from tests.support.serving import serving
from tests.support.world import World

CASES = int(os.environ.get("VERKSTED_FUZZ", "0"))
"""How many cases `make fuzz` asks for; without it the suite does a short round."""
_COMMAND = Path(sys.executable).with_name("st")


async def fuzz(stage: Stage, web: FastAPI, token: str, folder: Path) -> dict[str, Any]:
    """Run schemathesis against the served application: its own report, with its output under `said`."""
    options = ["--checks", "all", "--continue-on-failure", "--seed", "1", "--warnings", "off"]
    options += ["--report-json-path", str(folder / "report.json"), "--suppress-health-check", "all"]
    if CASES:
        options += ["--phases", "coverage,fuzzing,stateful", "-n", str(max(20, CASES // len(ALL)))]
    else:
        options += ["--phases", "fuzzing", "-n", "6", "--no-shrink"]
    async with serving(web) as url, httpx.AsyncClient(timeout=120) as client:
        await client.get(
            f"{url}/openapi.json"
        )  # made once; on a busy machine schemathesis wouldn't wait for it
        process = await asyncio.create_subprocess_exec(
            str(_COMMAND), "--config-file", str(config_of(stage, folder)), "run", f"{url}/openapi.json",
            "--url", url, "-H", f"Authorization: Bearer {token}", *options,
            "--exclude-path", NEWS,  # it doesn't end; what it takes is tested in tests/api/streams
            "--exclude-operation-id", "import_courses",  # it makes no lines of JSON: `test_no_row_breaks_the_reading` does
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=folder,
        )  # fmt: skip
        said, _ = await process.communicate()
    report: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return {**report, "said": said.decode(), "code": process.returncode}


async def test_no_case_breaks_the_contract(
    world: World, web: FastAPI, token: Callable[[str], str], tmp_path: Path
) -> None:
    stage = await set_stage(world)
    assert stage.actor.subject is not None
    report = await fuzz(stage, web, token(stage.actor.subject), tmp_path)
    figures = report["test_cases"]
    print(f"schemathesis: {figures['generated']} cases, {figures['with_failures']} with failures")
    assert report["code"] == 0, report["said"]
    assert report["operations"]["tested"] == len(ALL) + len(BESIDE) - 2
    assert figures["generated"] >= max(CASES, 4 * len(ALL))
