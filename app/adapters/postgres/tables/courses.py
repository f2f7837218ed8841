"""Courses that become groups. No column says who was in the course (P-h14)."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col

_COURSE = (["organisation_id", "course_id"], "course", ["organisation_id", "id"])


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
