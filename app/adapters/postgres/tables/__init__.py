"""The schema in SQLModel's language: tables, types, constraints. Private to `adapters.postgres` and the migrations.

Rows here are never used as objects: SQLModel declares, Core writes the statements once, asyncpg runs them.
"""

from sqlmodel import SQLModel

from app.adapters.postgres.tables import (
    admission,
    courses,
    forming,
    groups,
    intake,
    meetings,
    organisations,
    own_affairs,
    people,
    starters,
    system,
    volunteers,
)

metadata = SQLModel.metadata

__all__ = [
    "admission",
    "courses",
    "forming",
    "groups",
    "intake",
    "meetings",
    "metadata",
    "organisations",
    "own_affairs",
    "people",
    "starters",
    "system",
    "volunteers",
]
