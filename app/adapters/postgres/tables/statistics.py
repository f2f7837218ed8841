"""Figures that were published."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class PublishedStatisticsRow(SQLModel, table=True):
    """What was published of a quarter. It never changes: a table that changes by one betrays who came or went."""

    __tablename__ = "published_statistics"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_published_statistics_organisation"),
        CheckConstraint("period ~ '^20[0-9]{2}-Q[1-4]$'", name="period"),
    )
    organisation_id: UUID = col.key()
    period: str = col.text_key()
    figures: dict[str, Any] = col.json()
    published_at: datetime = col.instant()
