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


def forget_mapping() -> None:
    """Let go of what SQLModel has made of each row for an ORM: two megabytes that nobody here has a use for.

    The tables stay as they are; the class of a row can't be used for objects any more, and never was.
    """
    SQLModel._sa_registry.dispose()


__all__ = [
    "admission",
    "audit",
    "calendars",
    "consents",
    "courses",
    "events",
    "forget_mapping",
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
