"""Which migration the database stands at, and which one this code was written for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg

_VERSIONS = Path(__file__).parents[3] / "migrations" / "versions"
_SAYS = re.compile(r'^(revision|down_revision)\b[^=]*= "(\w+)"', re.MULTILINE)


@cache
def level_of_code() -> str:
    """The newest revision among the migrations that came with this code: the one that no other builds on.

    Numbers are given out before the work is done, so the newest need not have the highest.
    """
    said = [
        match for path in _VERSIONS.glob("[0-9]*_*.py") for match in _SAYS.findall(path.read_text("utf-8"))
    ]
    made: set[str] = {number for name, number in said if name == "revision"}
    built_on = {number for name, number in said if name == "down_revision"}
    (newest,) = made - built_on
    return newest


async def level_of_database(pool: asyncpg.Pool[Any]) -> str | None:
    """The revision that the database stands at; None where it has never been migrated."""
    try:
        level: str | None = await pool.fetchval("select version_num from alembic_version")
        return level
    except asyncpg.UndefinedTableError:
        return None


async def is_at_level(pool: asyncpg.Pool[Any]) -> bool:
    """Whether the database stands where this code expects it."""
    return await level_of_database(pool) == level_of_code()
