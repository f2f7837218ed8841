"""Intake outcomes. Severity has no column (I-09)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class IntakeOutcomeRow(SQLModel, table=True):
    """One recorded outcome; appended, never edited."""

    __tablename__ = "intake_outcome"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_intake_outcome_registration",
        ),
        CheckConstraint("outcome in ('group', 'not_now', 'other_help')", name="outcome"),
        CheckConstraint("method in ('conversation', 'self_declaration')", name="method"),
        CheckConstraint("outcome <> 'other_help' or cardinality(signposted_to) > 0", name="signposting"),
        Index("ix_intake_outcome_person", "organisation_id", "person_id", "recorded_at"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    person_id: UUID = col.ref()
    outcome: str = col.text()
    method: str = col.text()
    recorded_by: UUID = col.ref()
    signposted_to: list[str] = col.texts()
    recorded_at: datetime = col.instant()
    valid_until: datetime = col.instant()
