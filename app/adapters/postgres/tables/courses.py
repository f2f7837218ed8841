"""Courses that become groups. No column says who was in the course (P-h14)."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col

_COURSE = (["organisation_id", "course_id"], "course", ["organisation_id", "id"])
_SYSTEM = (["organisation_id", "system_id"], "system_account", ["organisation_id", "id"])


class CourseRow(SQLModel, table=True):
    """A course. Sign-up can't be open without date and place of the group's start (R-02)."""

    __tablename__ = "course"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_course_organisation"),
        UniqueConstraint("organisation_id", "sign_up_code", name="uq_course_sign_up_code"),
        CheckConstraint("form in ('in_person', 'phone', 'video')", name="form"),
        CheckConstraint("seats between 3 and 8", name="seats"),
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint(
            "sign_up_opened_at is null or num_nonnulls(group_starts_at, group_place) = 2",
            name="start_decided",
        ),
        Index("ix_course_page", "organisation_id", "first_day", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    title: str = col.text()
    first_day: date = col.day()
    last_day: date = col.day()
    theme: str | None = col.optional_text()
    form: str = col.text()
    area: str = col.text()
    language: str = col.text()
    seats: int
    group_starts_at: datetime | None = col.optional_instant()
    group_place: str | None = col.optional_text()
    practical: str | None = col.optional_text()
    sign_up_code: str = col.text()
    sign_up_opened_at: datetime | None = col.optional_instant()
    cancelled_at: datetime | None = col.optional_instant()
    created_at: datetime = col.instant()
    version: int


class CourseMilestoneRow(SQLModel, table=True):
    """What has been done on the way from the course to a group, and on which day."""

    __tablename__ = "course_milestone"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_COURSE, "fk_course_milestone_course"),
        CheckConstraint(
            "milestone in ('told_from_the_start', 'open_for_questions', 'raised_again', 'needs_clarified',"
            " 'sign_ups_taken')",
            name="milestone",
        ),
    )
    organisation_id: UUID = col.key()
    course_id: UUID = col.key()
    milestone: str = col.text_key()
    done_on: date = col.day()


class CourseAnnouncementRow(SQLModel, table=True):
    """Which course a system means by an id of its own."""

    __tablename__ = "course_announcement"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_COURSE, "fk_course_announcement_course"),
        col.points_to(*_SYSTEM, "fk_course_announcement_system"),
        UniqueConstraint("organisation_id", "course_id", name="uq_course_announcement_course"),
        CheckConstraint("char_length(own_id) between 1 and 64", name="own_id"),
    )
    organisation_id: UUID = col.key()
    system_id: UUID = col.key()
    own_id: str = col.text_key()
    course_id: UUID = col.ref()


class CourseImportRow(SQLModel, table=True):
    """An import of a system's. Its rows aren't bound to it: each goes thirty days after it was done."""

    __tablename__ = "course_import"
    __table_args__: ClassVar[Any] = (col.points_to(*_SYSTEM, "fk_course_import_system"),)
    organisation_id: UUID = col.key()
    system_id: UUID = col.key()
    id: UUID = col.key()
    begun_at: datetime = col.instant()
    finished_at: datetime | None = col.optional_instant()


class ImportedRowRow(SQLModel, table=True):
    """What came of a row of an import: a hash of it, and no word of what it said."""

    __tablename__ = "imported_row"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_SYSTEM, "fk_imported_row_system"),
        col.points_to(*_COURSE, "fk_imported_row_course"),
        CheckConstraint("number between 1 and 5000", name="number"),
        CheckConstraint("octet_length(digest) = 32", name="hashed"),
        CheckConstraint("outcome in ('created', 'changed', 'unchanged', 'refused')", name="outcome"),
        CheckConstraint(
            "(outcome = 'refused') = (code is not null) and (outcome = 'refused') = (course_id is null)",
            name="refused",
        ),
    )
    organisation_id: UUID = col.key()
    system_id: UUID = col.key()
    import_id: UUID = col.key()
    number: int = col.number_key()
    digest: bytes = col.sealed()
    outcome: str = col.text()
    code: str | None = col.optional_text()
    course_id: UUID | None = col.optional_ref()
    done_at: datetime = col.instant()


class CourseSignUpRow(SQLModel, table=True):
    """Somebody's own sign-up; it is removed when they take it back or are invited."""

    __tablename__ = "course_sign_up"
    __table_args__: ClassVar[Any] = (
        col.points_to(*_COURSE, "fk_course_sign_up_course"),
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_course_sign_up_registration",
        ),
        UniqueConstraint("organisation_id", "course_id", "person_id", name="uq_course_sign_up_person"),
        Index("ix_course_sign_up_by_person", "organisation_id", "person_id"),
        Index("ix_course_sign_up_page", "organisation_id", "course_id", "signed_up_at", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    course_id: UUID = col.ref()
    person_id: UUID = col.ref()
    signed_up_at: datetime = col.instant()
