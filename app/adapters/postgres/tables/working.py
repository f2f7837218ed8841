"""What workers share: whose turn a duty is, and what is due in which organisation. Ids and times, and nothing else."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class DutyTurnRow(SQLModel, table=True):
    """When a duty of the worker's may next be done, by whichever worker."""

    __tablename__ = "duty_turn"
    name: str = col.text_key()
    due_at: datetime = col.instant()


class DueWorkRow(SQLModel, table=True):
    """Something in an organisation has work for the worker: what kind, of which row, from when on, who is at it until when.

    The one table that a worker sees across organisations; for the work itself it enters the organisation.
    """

    __tablename__ = "due_work"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_due_work_organisation"),
        Index("ix_due_work_due", "kind", "due_at"),
    )
    organisation_id: UUID = col.key()
    kind: str = col.text_key()
    subject: UUID = col.key()
    due_at: datetime = col.instant()
    taken_until: datetime | None = col.optional_instant()
    waiting_since: datetime | None = col.optional_instant()
