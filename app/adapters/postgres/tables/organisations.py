"""Organisations, their policies, who has registered, and who works for them."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class OrganisationRow(SQLModel, table=True):
    """The directory of organisations: readable by all, written only from within the organisation itself."""

    __tablename__ = "organisation"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("country in ('NO', 'DK')", name="country"),
        CheckConstraint("level in ('national', 'district', 'local')", name="level"),
        CheckConstraint("jsonb_typeof(mergers) = 'array'", name="mergers"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        col.points_to(["parent_id"], "organisation", ["id"], "fk_organisation_parent"),
    )
    id: UUID = col.key()
    name: str = col.text()
    country: str = col.text()
    level: str = col.text()
    parent_id: UUID | None = col.optional_ref()
    municipalities: list[str] = col.texts()
    time_zone: str = col.text()
    created_at: datetime = col.instant()
    mergers: list[Any] = col.json_at_first()


class PolicyRow(SQLModel, table=True):
    """One version of an organisation's policy."""

    __tablename__ = "policy"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_policy_organisation"),
        UniqueConstraint("organisation_id", "effective_from", name="uq_policy_effective_from"),
        CheckConstraint("size_max between 5 and 8 and size_start_min between 3 and 5", name="sizes"),
        CheckConstraint("ballot_window_days >= 7 and ballot_quorum_percent >= 50", name="ballots"),
    )
    organisation_id: UUID = col.key()
    version: int = col.number_key()
    effective_from: datetime = col.instant()
    intake_mode: str = col.text()
    minimum_age: int
    youth_programme: bool
    size_warn_below: int
    age_span_hint: int = col.number_at_first("10")
    size_start_min: int
    size_max: int
    ballot_rule: str = col.text()
    ballot_quorum_percent: int
    ballot_window_days: int
    entry_offer_days: int
    application_wait_days: int
    reapply_after_days: int
    intake_valid_days: int
    parallel_membership: bool
    starter_default_meetings: int
    starter_max_meetings: int
    starter_max_days: int
    follow_up_after_meetings: int
    supervision_every_days: int
    course_every_days: int
    network_meeting_every_days: int
    renewal_window_days: int
    dormant_after_days: int
    recommendation_days: int
    interest_days: int
    assessment_text_days: int
    appointment_no_show_days: int
    suspend_starter_on_lapse: bool


class RegistrationRow(SQLModel, table=True):
    """A person's own entry with the organisation. Of somebody whose identity is protected the name isn't kept: a trigger
    puts a word in its place, whoever writes it."""

    __tablename__ = "registration"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_registration_organisation"),
        col.points_to(["person_id"], "person", ["id"], "fk_registration_person"),
        CheckConstraint("char_length(name) between 1 and 80", name="name_length"),
        CheckConstraint("num_nonnulls(name, name_sealed) <= 1", name="name_once"),
    )
    organisation_id: UUID = col.key()
    person_id: UUID = col.key()
    name: str | None = col.optional_text()
    name_sealed: bytes | None = col.optional_sealed()
    registered_at: datetime = col.instant()
    is_protected: bool = col.flag_at_first()


class StaffDeclarationRow(SQLModel, table=True):
    """A promise of confidentiality of somebody who works for the organisation (C-07)."""

    __tablename__ = "staff_declaration"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_staff_declaration_registration",
        ),
        CheckConstraint("num_nonnulls(typed_name, typed_name_sealed) <= 1", name="typed_name_once"),
    )
    organisation_id: UUID = col.key()
    person_id: UUID = col.key()
    text_version: str = col.text_key()
    language: str = col.text()
    text_sha256: str = col.text()
    typed_name: str | None = col.optional_text()
    typed_name_sealed: bytes | None = col.optional_sealed()
    signed_at: datetime = col.instant()


class RoleGrantRow(SQLModel, table=True):
    """What somebody does for the organisation. No role is one inside a group."""

    __tablename__ = "role_grant"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_role_grant_registration",
        ),
        CheckConstraint("role in ('administrator', 'coordinator', 'interviewer', 'starter')", name="role"),
    )
    organisation_id: UUID = col.key()
    person_id: UUID = col.key()
    role: str = col.text_key()
    granted_at: datetime = col.instant()
