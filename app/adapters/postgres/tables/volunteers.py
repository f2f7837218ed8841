"""Volunteers and their training records. No occupation has a column (V-02), and nothing is free text."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class VolunteerRow(SQLModel, table=True):
    """A person's own offer to an organisation, and whom they reflect with (V-11): a pair that names each other."""

    __tablename__ = "volunteer"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_volunteer_registration",
        ),
        ForeignKeyConstraint(
            ["organisation_id", "partner_id"],
            ["volunteer.organisation_id", "volunteer.person_id"],
            name="fk_volunteer_partner",
        ),
        UniqueConstraint("organisation_id", "partner_id", name="uq_volunteer_partner"),
        UniqueConstraint("organisation_id", "partner_code_sha256", name="uq_volunteer_partner_code"),
        CheckConstraint(
            "recruited_from in ('former_participant', 'public_service', 'association', 'centre')",
            name="recruited_from",
        ),
        CheckConstraint("partner_id <> person_id", name="partner_is_another"),
        CheckConstraint(
            "num_nonnulls(partner_code_sha256, partner_code_expires_at) <> 1", name="partner_code"
        ),
        Index("ix_volunteer_offered", "organisation_id", "offered_at", "person_id"),
    )
    organisation_id: UUID = col.key()
    person_id: UUID = col.key()
    recruited_from: str = col.text()
    offered_at: datetime = col.instant()
    partner_id: UUID | None = col.optional_ref()
    partner_code_sha256: str | None = col.optional_text()
    partner_code_expires_at: datetime | None = col.optional_instant()


class TrainingEntryRow(SQLModel, table=True):
    """One entry of a training record; appended, never edited or deleted."""

    __tablename__ = "training_entry"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["volunteer.organisation_id", "volunteer.person_id"],
            name="fk_training_entry_volunteer",
            ondelete="CASCADE",  # a record goes as a whole, when its person has it erased; never entry by entry
        ),
        col.points_to(
            ["organisation_id", "person_id", "corrects"],
            "training_entry",
            ["organisation_id", "person_id", "id"],
            "fk_training_entry_corrects",
        ),
        UniqueConstraint("organisation_id", "person_id", "id", name="uq_training_entry_person"),
        UniqueConstraint("organisation_id", "corrects", name="uq_training_entry_corrects"),
        CheckConstraint("corrects <> id", name="corrects_another"),
        CheckConstraint(
            "kind in ('conversation', 'introduction', 'course', 'network_meeting', 'supervision', 'exemption',"
            " 'resignation', 'return', 'struck')",
            name="kind",
        ),
        CheckConstraint(
            "(kind = 'conversation') = (outcome is not null) and (outcome is null) = (criteria_version is null)"
            " and (kind = 'conversation' or cardinality(qualities) = 0)"
            " and (outcome is null or outcome in ('suited', 'not_now', 'not_suited'))",
            name="conversation",
        ),
        CheckConstraint(
            "(kind = 'introduction') = (module is not null)"
            " and (module is null or module in ('method', 'values', 'principles'))",
            name="introduction",
        ),
        CheckConstraint(
            "(kind = 'exemption') = (requirement is not null) and num_nonnulls(requirement, reason, until) in (0, 3)"
            " and (requirement is null or requirement in ('course', 'network_meeting', 'supervision'))"
            " and (reason is null or reason in ('equivalent_training', 'not_offered', 'away'))"
            " and (until is null or until > happened_at)",
            name="exemption",
        ),
        CheckConstraint("kind <> 'struck' or corrects is not null", name="struck"),
        CheckConstraint("happened_at <= recorded_at", name="has_happened"),
        CheckConstraint("recorded_by <> person_id or kind in ('resignation', 'return')", name="by_another"),
        CheckConstraint("recorded_by = person_id or kind <> 'return'", name="return_is_ones_own"),
        Index("ix_training_entry_person", "organisation_id", "person_id", "recorded_at"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    person_id: UUID = col.ref()
    kind: str = col.text()
    happened_at: datetime = col.instant()
    module: str | None = col.optional_text()
    outcome: str | None = col.optional_text()
    criteria_version: str | None = col.optional_text()
    qualities: list[str] = col.texts()
    requirement: str | None = col.optional_text()
    reason: str | None = col.optional_text()
    until: datetime | None = col.optional_instant()
    corrects: UUID | None = col.optional_ref()
    recorded_by: UUID = col.ref()
    recorded_at: datetime = col.instant()


class VolunteerCriteriaRow(SQLModel, table=True):
    """A version of the criteria that an organisation has adopted for its conversations; appended, never edited."""

    __tablename__ = "volunteer_criteria"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_volunteer_criteria_organisation"),
        CheckConstraint("cardinality(required) >= 1", name="one_at_least"),
        CheckConstraint("not required && welcome", name="each_once"),
        CheckConstraint(
            "required || welcome <@ array['listens', 'meets_as_equal', 'steps_back', 'keeps_confidence',"
            " 'knows_self_help', 'keeps_frames', 'keeps_roles_apart']",
            name="known",
        ),
    )
    organisation_id: UUID = col.key()
    version: int = col.number_key()
    required: list[str] = col.texts()
    welcome: list[str] = col.texts()
    adopted_at: datetime = col.instant()
