"""Interests, recommendations, intake outcomes. Severity has no column (I-09)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
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
    """What readings were noted in before there was `audit_entry`, which has them all. It goes one release later."""

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


class IntakeCriteriaRow(SQLModel, table=True):
    """A version of the criteria that an organisation has adopted; appended, never edited."""

    __tablename__ = "intake_criteria"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_intake_criteria_organisation"),
        CheckConstraint(
            "criteria @> array['takes_responsibility', 'own_choice', 'sober']", name="not_left_to_anybody"
        ),
    )
    organisation_id: UUID = col.key()
    version: int = col.number_key()
    criteria: list[str] = col.texts()
    adopted_at: datetime = col.instant()


class AssessmentRow(SQLModel, table=True):
    """One intake conversation: who, when, with whom, and its outcome. Nothing of what was said (P-17)."""

    __tablename__ = "assessment"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_assessment_registration",
        ),
        col.points_to(
            ["organisation_id", "outcome_id"],
            "intake_outcome",
            ["organisation_id", "id"],
            "fk_assessment_outcome",
        ),
        CheckConstraint("interviewer_id <> person_id", name="not_ones_own"),
        CheckConstraint("form in ('in_person', 'phone', 'video')", name="form"),
        CheckConstraint(
            "num_nonnulls(interviewer_id, starts_at, form, place) in (0, 4)", name="whole_appointment"
        ),
        CheckConstraint(
            "(completed_at is null) = (outcome_id is null)"
            " and (completed_at is null or interviewer_id is not null)",
            name="completed_with_an_outcome",
        ),
        Index(
            "uq_assessment_live",
            "organisation_id",
            "person_id",
            unique=True,
            postgresql_where=text("completed_at is null"),
        ),
        Index("ix_assessment_asked", "organisation_id", "asked_at", "id"),
        Index("ix_assessment_person", "organisation_id", "person_id", "asked_at"),
        Index("ix_assessment_kept", "organisation_id", "kept_until"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    person_id: UUID = col.ref()
    criteria_version: int
    asked_at: datetime = col.instant()
    kept_until: datetime = col.instant()
    interviewer_id: UUID | None = col.optional_ref()
    starts_at: datetime | None = col.optional_instant()
    form: str | None = col.optional_text()
    place: str | None = col.optional_text()
    completed_at: datetime | None = col.optional_instant()
    outcome_id: UUID | None = col.optional_ref()
    version: int


class AssessmentConflictRow(SQLModel, table=True):
    """An interviewer and the person know each other."""

    __tablename__ = "assessment_conflict"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "assessment_id"],
            "assessment",
            ["organisation_id", "id"],
            "fk_assessment_conflict_assessment",
        ),
        CheckConstraint("named_by in ('person', 'interviewer')", name="named_by"),
    )
    organisation_id: UUID = col.key()
    assessment_id: UUID = col.key()
    interviewer_id: UUID = col.key()
    named_by: str = col.text()


class AssessmentTextRow(SQLModel, table=True):
    """What was confided, sealed; gone with the person's place in a group (a trigger on membership) or in time."""

    __tablename__ = "assessment_text"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "assessment_id"],
            "assessment",
            ["organisation_id", "id"],
            "fk_assessment_text_assessment",
        ),
        CheckConstraint("kind in ('own_words', 'note', 'points', 'remark')", name="kind"),
        Index("ix_assessment_text_gone", "organisation_id", "gone_at"),
    )
    organisation_id: UUID = col.key()
    assessment_id: UUID = col.key()
    kind: str = col.text_key()
    sealed: bytes = col.sealed()
    gone_at: datetime = col.instant()
