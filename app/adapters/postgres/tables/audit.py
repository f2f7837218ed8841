"""The log of who has looked at what about whom, and of what was changed. Nothing in it is ever edited."""

from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, Index, Uuid, text
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables import columns as col
from app.domain.audit.entry import AccessedData, AccessPurpose, ActingAs, Deed, HowItEnded


def _one_of(column: str, choices: type[Any]) -> CheckConstraint:
    listed = ", ".join(f"'{each.value}'" for each in choices)
    return CheckConstraint(f"{column} in ({listed})", name=column)


class AuditEntryRow(SQLModel, table=True):
    """An entry of the log. No foreign keys: it outlives what it tells of, and keeps nothing alive.

    `organisation_id` is the nil UUID where it happened outside of every organisation. `subject_id` is whom it is about:
    only that person can ask for it. `recorded_at` is set by the database, and by nobody else.
    """

    __tablename__ = "audit_entry"
    __table_args__: ClassVar[Any] = (
        _one_of("acting_as", ActingAs),
        _one_of("deed", Deed),
        _one_of("data", AccessedData),
        _one_of("purpose", AccessPurpose),
        _one_of("ended", HowItEnded),
        CheckConstraint("char_length(client) between 1 and 200", name="client_length"),
        CheckConstraint("char_length(consumer) between 1 and 100", name="consumer_length"),
        CheckConstraint("char_length(supplier) between 1 and 100", name="supplier_length"),
        Index("ix_audit_entry_subject", "subject_id", "occurred_at", "id"),
        Index("ix_audit_entry_age", "recorded_at"),
        # A request that is tried again is one access. Within a day: an id that is used for longer hides nothing.
        Index(
            "uq_audit_entry_request",
            "organisation_id",
            "request_id",
            "actor_id",
            "client",
            "subject_id",
            "deed",
            "data",
            "row_id",
            "ended",
            text("((occurred_at at time zone 'UTC')::date)"),
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("request_id is not null"),
        ),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    actor_id: UUID | None = col.optional_ref()
    client: str | None = col.optional_text()
    consumer: str | None = col.optional_text()
    supplier: str | None = col.optional_text()
    acting_as: str = col.text()
    deed: str = col.text()
    data: str = col.text()
    row_id: UUID | None = col.optional_ref()
    subject_id: UUID | None = col.optional_ref()
    purpose: str = col.text()
    ended: str = col.text()
    request_id: UUID | None = col.optional_ref()
    occurred_at: datetime = col.instant()
    recorded_at: datetime = Field(
        sa_type=DateTime(timezone=True),
        nullable=False,
        sa_column_kwargs={"server_default": text("clock_timestamp()")},
    )


class AuditWaitingRow(SQLModel, table=True):
    """An entry that no seal holds yet: put here by a trigger, in the entry's own transaction, so that a commit that comes
    late is sealed late, and never missed."""

    __tablename__ = "audit_waiting"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "entry_id"],
            "audit_entry",
            ["organisation_id", "id"],
            "fk_audit_waiting_entry",
        ),
    )
    organisation_id: UUID = col.key()
    entry_id: UUID = col.key()


class AuditSealRow(SQLModel, table=True):
    """A seal over some entries, tied to the one before it. Outside of every organisation; it holds ids and hashes."""

    __tablename__ = "audit_seal"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("octet_length(leaves) = 32 * cardinality(entries)", name="a_leaf_each"),
        CheckConstraint("octet_length(previous) = 32 and octet_length(digest) = 32", name="hashes"),
    )
    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    sealed_at: datetime = col.instant()
    entries: list[UUID] = Field(sa_type=cast("type[Any]", ARRAY(Uuid)), nullable=False)
    leaves: bytes = col.sealed()
    previous: bytes = col.sealed()
    digest: bytes = col.sealed()
