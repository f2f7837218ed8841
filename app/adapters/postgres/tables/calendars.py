"""Addresses of calendars: outside tenancy, as they are opened before an organisation is entered."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class CalendarAddressRow(SQLModel, table=True):
    """That a person has an address for a calendar. Policy: only in transactions of that person."""

    __tablename__ = "calendar_address"
    __table_args__: ClassVar[Any] = (
        col.points_to(["person_id"], "person", ["id"], "fk_calendar_address_person"),
        CheckConstraint(
            "(bound_to is null) = (group_id = '00000000-0000-0000-0000-000000000000')", name="bound"
        ),
        UniqueConstraint("person_id", "key_id", name="uq_calendar_address_key"),
    )
    person_id: UUID = col.key()
    group_id: UUID = col.key()
    bound_to: UUID | None = col.optional_ref()
    key_id: UUID = col.ref()
    made_at: datetime = col.instant()


class CalendarKeyRow(SQLModel, table=True):
    """Whose calendar an address opens: the id is a hash of what stands in it. Policy: only to that very address. It comes
    and goes with the person's row above, by the foreign key."""

    __tablename__ = "calendar_key"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(
            ["person_id", "id"],
            ["calendar_address.person_id", "calendar_address.key_id"],
            name="fk_calendar_key_address",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        Index("ix_calendar_key_address", "person_id", "id"),
    )
    id: UUID = col.key()
    person_id: UUID = col.ref()
