"""Messages to people: how they want them, and that some were sent. Nothing of what a message says has a column."""

from datetime import datetime, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col

_KINDS = (
    "kind in ('meeting_reminder', 'meeting_changed', 'ballot_open', 'outcome', 'offer', 'declaration_due',"
    " 'starter_exit', 'training_due', 'intake_appointment', 'webhook_failing')"
)


def _of_registered(name: str) -> Any:
    return col.points_to(
        ["organisation_id", "person_id"],
        "registration",
        ["organisation_id", "person_id"],
        f"fk_{name}_registration",
    )


class MessageSettingRow(SQLModel, table=True):
    """How somebody wants messages from an organisation, and when it is looked again whether there is one."""

    __tablename__ = "message_setting"
    __table_args__: ClassVar[Any] = (
        _of_registered("message_setting"),
        CheckConstraint("language in ('nb', 'nn', 'da', 'en')", name="language"),
        CheckConstraint("char_length(time_zone) between 1 and 60", name="time_zone_length"),
        CheckConstraint("num_nonnulls(quiet_from, quiet_until) in (0, 2)", name="quiet_both"),
        CheckConstraint("quiet_from <> quiet_until", name="quiet_apart"),
        Index(
            "ix_message_setting_look",
            "organisation_id",
            "look_at",
            postgresql_where=text("look_at is not null"),
        ),
    )
    organisation_id: UUID = col.key()
    person_id: UUID = col.key()
    language: str | None = col.optional_text()
    time_zone: str | None = col.optional_text()
    quiet_from: time | None = col.optional_time()
    quiet_until: time | None = col.optional_time()
    look_at: datetime | None = col.optional_instant()


class MessageChoiceRow(SQLModel, table=True):
    """That somebody has chosen a kind of messages. It is gone when they take it back."""

    __tablename__ = "message_choice"
    __table_args__: ClassVar[Any] = (
        _of_registered("message_choice"),
        CheckConstraint(_KINDS, name="kind"),
    )
    organisation_id: UUID = col.key()
    person_id: UUID = col.key()
    kind: str = col.text_key()
    chosen_at: datetime = col.instant()


class MessageRow(SQLModel, table=True):
    """That something was told to somebody, or is being told; the index makes that there is one of each."""

    __tablename__ = "message"
    __table_args__: ClassVar[Any] = (
        _of_registered("message"),
        CheckConstraint(_KINDS, name="kind"),
        CheckConstraint("attempts between 0 and 1000", name="attempts"),
        CheckConstraint("until > due_at", name="until"),
        CheckConstraint("num_nonnulls(sent_at, refused_at) <= 1", name="one_end"),
        Index(
            "uq_message_occasion",
            "organisation_id",
            "person_id",
            "kind",
            "subject_id",
            "due_at",
            unique=True,
        ),
        Index("ix_message_by_person", "organisation_id", "person_id", "due_at", "id"),
        Index("ix_message_age", "organisation_id", "until"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    person_id: UUID = col.ref()
    kind: str = col.text()
    subject_id: UUID = col.ref()
    due_at: datetime = col.instant()
    until: datetime = col.instant()
    attempts: int
    try_at: datetime = col.instant()
    sent_at: datetime | None = col.optional_instant()
    refused_at: datetime | None = col.optional_instant()
