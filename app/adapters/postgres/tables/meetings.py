"""Meetings. There is no column for what was said (C-09)."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col

_PLACE_TYPES = (
    "place_type in ('municipal_house', 'health_centre', 'library', 'volunteer_centre', 'church', 'other_public',"
    " 'private_home', 'online', 'phone')"
)


class MeetingRow(SQLModel, table=True):
    """One gathering of a group."""

    __tablename__ = "meeting"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id"], "self_help_group", ["organisation_id", "id"], "fk_meeting_group"
        ),
        CheckConstraint("minutes between 15 and 480", name="minutes"),
        CheckConstraint("char_length(place) between 1 and 200", name="place_length"),
        CheckConstraint(_PLACE_TYPES, name="place_type"),
        CheckConstraint(
            "replaced_at is null or (slot_at is not null and cancelled_at = replaced_at)", name="replaced"
        ),
        UniqueConstraint("organisation_id", "group_id", "id", name="uq_meeting_group"),
        UniqueConstraint("organisation_id", "group_id", "slot_at", name="uq_meeting_slot"),
        Index("ix_meeting_by_group", "organisation_id", "group_id", "starts_at", "id"),
        Index("ix_meeting_by_start", "organisation_id", "starts_at"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    starts_at: datetime = col.instant()
    minutes: int
    place: str = col.text()
    place_type: str = col.text_at_first("other_public")
    slot_at: datetime | None = col.optional_instant()
    apart_at: datetime | None = col.optional_instant()
    replaced_at: datetime | None = col.optional_instant()
    cancelled_at: datetime | None = col.optional_instant()
    not_held_at: datetime | None = col.optional_instant()
    moved_at: datetime | None = col.optional_instant()
    version: int


class MeetingSeriesRow(SQLModel, table=True):
    """The rhythm of a group: wall time and zone. One for each group, and its key holds that."""

    __tablename__ = "meeting_series"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id"],
            "self_help_group",
            ["organisation_id", "id"],
            "fk_meeting_series_group",
        ),
        CheckConstraint("minutes between 15 and 480", name="minutes"),
        CheckConstraint("char_length(place) between 1 and 200", name="place_length"),
        CheckConstraint(_PLACE_TYPES, name="place_type"),
        CheckConstraint("weekly_meetings between 0 and 52", name="weekly_meetings"),
        CheckConstraint("then_every_weeks between 1 and 12", name="then_every_weeks"),
        CheckConstraint("until >= first_local::date", name="until"),
    )
    organisation_id: UUID = col.key()
    group_id: UUID = col.key()
    first_local: datetime = col.wall_time()
    time_zone: str = col.text()
    weekly_meetings: int
    then_every_weeks: int
    until: date | None = col.optional_day()
    minutes: int
    place: str = col.text()
    place_type: str = col.text()
    planned_until: datetime = col.instant()
    ended_at: datetime | None = col.optional_instant()
    version: int


class MeetingAgendaRow(SQLModel, table=True):
    """The agenda of a meeting as its group has arranged it: keys, short titles, minutes (C-09)."""

    __tablename__ = "meeting_agenda"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "meeting_id"],
            "meeting",
            ["organisation_id", "id"],
            "fk_meeting_agenda_meeting",
        ),
        CheckConstraint("jsonb_array_length(items) between 1 and 30", name="items"),
    )
    organisation_id: UUID = col.key()
    meeting_id: UUID = col.key()
    items: list[Any] = col.json()
    version: int


def _of_member_and_meeting(name: str) -> tuple[Any, Any]:
    """Member and meeting are of one group."""
    return (
        col.points_to(
            ["organisation_id", "group_id", "meeting_id"],
            "meeting",
            ["organisation_id", "group_id", "id"],
            f"fk_{name}_meeting",
        ),
        col.points_to(
            ["organisation_id", "group_id", "membership_id"],
            "membership",
            ["organisation_id", "group_id", "id"],
            f"fk_{name}_membership",
        ),
    )


class AbsenceNoticeRow(SQLModel, table=True):
    """Somebody's own word that they can't come. No column asks why (N-01)."""

    __tablename__ = "absence_notice"
    __table_args__: ClassVar[Any] = _of_member_and_meeting("absence_notice")
    organisation_id: UUID = col.key()
    meeting_id: UUID = col.key()
    membership_id: UUID = col.key()
    group_id: UUID = col.ref()
    noticed_at: datetime = col.instant()


class AttendanceRow(SQLModel, table=True):
    """Who was there: for the group alone, and gone with the generation (M-h5)."""

    __tablename__ = "attendance"
    __table_args__: ClassVar[Any] = _of_member_and_meeting("attendance")
    organisation_id: UUID = col.key()
    meeting_id: UUID = col.key()
    membership_id: UUID = col.key()
    group_id: UUID = col.ref()
