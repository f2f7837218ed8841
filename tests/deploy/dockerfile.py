"""Enough of a Dockerfile to read it and to do its steps without Docker."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction with everything after it, continued lines joined."""

    instruction: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The rest as a list: of the JSON form, or split like a shell does."""
        return list(json.loads(self.rest)) if self.rest.startswith("[") else shlex.split(self.rest)


def steps_of(path: Path) -> list[Step]:
    """The instructions in their order."""
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [Step(*line.split(" ", 1)) for line in joined.splitlines() if line.strip()]


def in_context(path: str, ignore: Path) -> bool:
    """Whether .dockerignore lets this path (a file or directory at the top) into the build's context."""
    kept = True
    for line in ignore.read_text().splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        if pattern == "*" or pattern.lstrip("!") == path.split("/")[0]:
            kept = pattern.startswith("!")
    return kept
