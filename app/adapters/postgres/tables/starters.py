"""Starters: their assignments, every version of their exit, visits, and what they write before the first meeting."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col

_ASSIGNMENT = (
    ["organisation_id", "group_id", "assignment_id"],
    "starter_assignment",
    ["organisation_id", "group_id", "id"],
)


class StarterAssignmentRow(SQLModel, table=True):
    """One starter's help for one group. Without a version of its exit it gives no rights at all (X-01).

    `person_id` may become null: an erased person's assignment keeps its dates (S-h12).
    """

    __tablename__ = "starter_assignment"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id"],
            "self_help_group",
            ["organisation_id", "id"],
            "fk_starter_assignment_group",
        ),
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_starter_assignment_registration",
        ),
        col.points_to(
            ["organisation_id", "group_id", "replaces_id"],
            "starter_assignment",
            ["organisation_id", "group_id", "id"],
            "fk_starter_assignment_replaces",
        ),
        col.points_to(
            ["organisation_id", "group_id", "line_id"],
            "starter_assignment",
            ["organisation_id", "group_id", "id"],
            "fk_starter_assignment_line",
        ),
        UniqueConstraint("organisation_id", "group_id", "id", name="uq_starter_assignment_group"),
        UniqueConstraint("organisation_id", "group_id", "id", "line_id", name="uq_starter_assignment_line"),
        UniqueConstraint("organisation_id", "group_id", "person_id", name="uq_starter_assignment_person"),
        UniqueConstraint("organisation_id", "replaces_id", name="uq_starter_assignment_replaces"),
        CheckConstraint("ceiling_meetings between 1 and 12", name="ceiling_meetings"),
        CheckConstraint("ceiling_until > counts_from", name="ceiling_until"),
        CheckConstraint("counts_from <= assigned_at", name="counts_from"),
        CheckConstraint("(replaces_id is null) = (line_id = id)", name="line"),
        Index("ix_starter_assignment_person", "organisation_id", "person_id"),
        Index("ix_starter_assignment_page", "organisation_id", "group_id", "assigned_at", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    person_id: UUID | None = col.optional_ref()
    line_id: UUID = col.ref()
    assigned_at: datetime = col.instant()
    counts_from: datetime = col.instant()
    policy_version: int
    ceiling_meetings: int
    ceiling_until: datetime = col.instant()
    replaces_id: UUID | None = col.optional_ref()
    conflict_acknowledged: bool
    follow_up_on: date | None = col.optional_day()


class ExitVersionRow(SQLModel, table=True):
    """One version of an exit; appended, never edited (T1)."""

    __tablename__ = "exit_version"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id", "assignment_id", "line_id"],
            "starter_assignment",
            ["organisation_id", "group_id", "id", "line_id"],
            "fk_exit_version_assignment",
        ),
        col.points_to(
            ["organisation_id", "group_id", "ballot_id"],
            "ballot",
            ["organisation_id", "group_id", "id"],
            "fk_exit_version_ballot",
        ),
        CheckConstraint(
            "step in ('fixed', 'inherited', 'confirmed', 'shortened', 'extended', 'ended_early')", name="step"
        ),
        CheckConstraint("by in ('coordinator', 'group', 'starter')", name="by"),
        CheckConstraint("num_nonnulls(latest_date, max_meetings) >= 1", name="limit"),
        CheckConstraint("(latest_date is null) = (until is null)", name="until"),
        CheckConstraint("max_meetings between 1 and 12", name="max_meetings"),
        CheckConstraint("(step = 'extended') = (ballot_id is not null)", name="ballot"),
        Index(
            "uq_exit_version_extended",
            "organisation_id",
            "line_id",
            unique=True,
            postgresql_where=text("step = 'extended'"),
        ),
    )
    organisation_id: UUID = col.key()
    assignment_id: UUID = col.key()
    number: int = col.number_key()
    group_id: UUID = col.ref()
    line_id: UUID = col.ref()
    step: str = col.text()
    by: str = col.text()
    latest_date: date | None = col.optional_day()
    until: datetime | None = col.optional_instant()
    max_meetings: int | None = None
    recorded_at: datetime = col.instant()
    ballot_id: UUID | None = col.optional_ref()


class StarterVisitRow(SQLModel, table=True):
    """The group's invitation to one meeting."""

    __tablename__ = "starter_visit"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_ASSIGNMENT, "fk_starter_visit_assignment"),
        col.points_to(
            ["organisation_id", "group_id", "meeting_id"],
            "meeting",
            ["organisation_id", "group_id", "id"],
            "fk_starter_visit_meeting",
        ),
        Index(
            "uq_starter_visit_live",
            "organisation_id",
            "assignment_id",
            "meeting_id",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
        Index("ix_starter_visit_page", "organisation_id", "group_id", "invited_at", "id"),
        Index("ix_starter_visit_meeting", "organisation_id", "meeting_id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    assignment_id: UUID = col.ref()
    meeting_id: UUID = col.ref()
    invited_at: datetime = col.instant()
    withdrawn_at: datetime | None = col.optional_instant()


class StarterMessageRow(SQLModel, table=True):
    """A few words before the first meeting."""

    __tablename__ = "starter_message"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_ASSIGNMENT, "fk_starter_message_assignment"),
        CheckConstraint("char_length(words) between 1 and 1000", name="length"),
        CheckConstraint("num_nonnulls(words, words_sealed) <= 1", name="words_once"),
        Index("ix_starter_message_page", "organisation_id", "group_id", "written_at", "id"),
        Index("ix_starter_message_assignment", "organisation_id", "assignment_id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    assignment_id: UUID = col.ref()
    words: str | None = col.optional_text()
    words_sealed: bytes | None = col.optional_sealed()
    written_at: datetime = col.instant()
