"""The schema in SQLModel's language: tables, types, constraints. Private to `adapters.postgres` and the migrations.

Rows here are never used as objects: SQLModel declares, Core writes the statements once, asyncpg runs them.
"""

from sqlmodel import SQLModel

from app.adapters.postgres.tables import (
    admission,
    audit,
    calendars,
    consents,
    courses,
    events,
    forming,
    groups,
    intake,
    meetings,
    messages,
    organisations,
    own_affairs,
    people,
    starters,
    statistics,
    system,
    systems,
    volunteers,
    working,
)

metadata = SQLModel.metadata

__all__ = [
    "admission",
    "audit",
    "calendars",
    "consents",
    "courses",
    "events",
    "forming",
    "groups",
    "intake",
    "meetings",
    "messages",
    "metadata",
    "organisations",
    "own_affairs",
    "people",
    "starters",
    "statistics",
    "system",
    "systems",
    "volunteers",
    "working",
]
