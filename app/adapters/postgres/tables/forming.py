"""Forming groups: who invites to the first meeting, and who waits for a place."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class ConvenorRow(SQLModel, table=True):
    """A member who invites to the first meeting. That the duty ends with it has no column: it is computed (M-12)."""

    __tablename__ = "convenor"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id", "membership_id"],
            "membership",
            ["organisation_id", "group_id", "id"],
            "fk_convenor_membership",
        ),
    )
    organisation_id: UUID = col.key()
    group_id: UUID = col.key()
    membership_id: UUID = col.key()
    named_at: datetime = col.instant()


class WaitingRow(SQLModel, table=True):
    """A person who has asked for a place in a forming group. Whoever has their answer is off the list, and the row gone."""

    __tablename__ = "waiting"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id"], "self_help_group", ["organisation_id", "id"], "fk_waiting_group"
        ),
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_waiting_registration",
        ),
        CheckConstraint("char_length(alias) between 1 and 40", name="alias_length"),
        Index("ix_waiting_by_person", "organisation_id", "person_id"),
    )
    organisation_id: UUID = col.key()
    group_id: UUID = col.key()
    person_id: UUID = col.key()
    alias: str = col.text()
    asked_at: datetime = col.instant()
