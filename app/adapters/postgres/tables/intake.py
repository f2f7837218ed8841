"""Interests, recommendations, intake outcomes. Severity has no column (I-09)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlmodel import Field, SQLModel

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


class InterestRow(SQLModel, table=True):
    """What one person looks for, said by themselves (A-07). Withdrawn means deleted."""

    __tablename__ = "interest"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_interest_registration",
        ),
        CheckConstraint("cardinality(forms) > 0", name="forms"),
        Index("ix_interest_registered", "organisation_id", "registered_at", "person_id"),
        Index("ix_interest_kept", "organisation_id", "kept_until"),
    )
    organisation_id: UUID = col.key()
    person_id: UUID = col.key()
    theme: str | None = col.optional_text()
    forms: list[str] = col.texts()
    area: str = col.text()
    weekdays: list[str] = col.texts()
    language: str = col.text()
    company: list[str] = col.texts()
    private_wish: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
    registered_at: datetime = col.instant()
    kept_until: datetime = col.instant()


class RecommendationRow(SQLModel, table=True):
    """A giver's receipt. It doesn't know its codes, so that nobody can ask it what became of them (P-h1)."""

    __tablename__ = "recommendation"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_recommendation_organisation"),
        CheckConstraint("how_many between 1 and 30", name="how_many"),
        Index("ix_recommendation_giver", "organisation_id", "giver_id", "given_at", "id"),
        Index("ix_recommendation_expires", "organisation_id", "expires_at"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    giver_id: UUID = col.ref()
    how_many: int
    given_at: datetime = col.instant()
    expires_at: datetime = col.instant()


class RecommendationCodeRow(SQLModel, table=True):
    """A code that is still to be used: its hash and its end. It is gone with its use."""

    __tablename__ = "recommendation_code"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_recommendation_code_organisation"),
        CheckConstraint("octet_length(code_hash) = 32", name="hashed"),
        Index("ix_recommendation_code_expires", "organisation_id", "expires_at"),
    )
    organisation_id: UUID = col.key()
    code_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    expires_at: datetime = col.instant()


class IntakeReadingRow(SQLModel, table=True):
    """Somebody has read what somebody has confided. Written with the reading; shown to whom it is about."""

    __tablename__ = "intake_reading"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_intake_reading_registration",
        ),
        CheckConstraint("what in ('assessment', 'private_wish')", name="what"),
        Index("ix_intake_reading_person", "organisation_id", "person_id", "what", "read_at"),
        Index("ix_intake_reading_age", "organisation_id", "read_at"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    person_id: UUID = col.ref()
    reader_id: UUID = col.ref()
    what: str = col.text()
    read_at: datetime = col.instant()
