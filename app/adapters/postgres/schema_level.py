"""Which migration the database stands at, and which one this code was written for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asyncpg

_VERSIONS = Path(__file__).parents[3] / "migrations" / "versions"


def level_of_code() -> str:
    """The newest revision among the migrations that came with this code."""
    return max(path.name.split("_", 1)[0] for path in _VERSIONS.glob("[0-9]*_*.py"))


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
