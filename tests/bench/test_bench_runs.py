"""The measuring program runs from end to end. What it finds on a busy machine is nobody's business here."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_it_runs_and_prints_its_tables() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--jobs", "J1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    if shutil.which("wrk") is None or shutil.which("taskset") is None:
        assert done.returncode == 2
        assert "not installed" in done.stderr
        return
    assert done.returncode == 0, done.stderr[-3000:]
    for said in ("| J1 a member's group page |", "| resident memory", "p50 at 2× ÷ at 1×"):
        assert said in done.stdout
