"""Meetings. There is no column for what was said (C-09)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class MeetingRow(SQLModel, table=True):
    """One gathering of a group."""

    __tablename__ = "meeting"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id"], "self_help_group", ["organisation_id", "id"], "fk_meeting_group"
        ),
        CheckConstraint("minutes between 15 and 480", name="minutes"),
        CheckConstraint("char_length(place) between 1 and 200", name="place_length"),
        Index("ix_meeting_by_group", "organisation_id", "group_id", "starts_at", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    starts_at: datetime = col.instant()
    minutes: int
    place: str = col.text()
    cancelled_at: datetime | None = col.optional_instant()
    not_held_at: datetime | None = col.optional_instant()
    version: int
