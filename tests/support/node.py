"""What tests need from npm: installed by its lock, once, however many workers ask."""

import fcntl
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def installed(project: Path) -> Path:
    """The project's `node_modules`; whoever has no Node is told so by a skip."""
    if shutil.which("npm") is None:
        pytest.skip("no Node on this machine")
    modules, lock = project / "node_modules", project / "package-lock.json"
    with Path(tempfile.gettempdir(), f"verksted-npm-{project.name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        mark = modules / ".package-lock.json"
        if not mark.exists() or mark.stat().st_mtime <= lock.stat().st_mtime:
            subprocess.run(["npm", "ci", "--silent"], cwd=project, check=True, timeout=240)
    return modules
