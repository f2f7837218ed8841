"""What the service itself needs: the outbox, the memory of idempotency keys, and the count of attempts."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables import columns as col


class OutboxRow(SQLModel, table=True):
    """An event that is still to be told: type and ids only."""

    __tablename__ = "outbox"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_outbox_organisation"),
        Index("ix_outbox_position", "organisation_id", "position"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    position: int = Field(sa_column=Column(BigInteger, Identity(always=True), nullable=False))
    type: str = col.text()
    subject: UUID = col.ref()
    ids: dict[str, str] = col.ids()
    occurred_at: datetime = col.instant()


class IdempotencyRow(SQLModel, table=True):
    """An idempotency key that a person has used, with the sealed answer. Policy: only for that person."""

    __tablename__ = "idempotency"
    __table_args__: ClassVar[Any] = (
        col.points_to(["person_id"], "person", ["id"], "fk_idempotency_person"),
        Index("ix_idempotency_age", "person_id", "created_at"),
    )
    person_id: UUID = col.key()
    key_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    fingerprint: bytes = col.sealed()
    answer: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
    created_at: datetime = col.instant()


class ShownProofRow(SQLModel, table=True):
    """A proof of possession that has been shown: a hash and a time, of nobody. Unlogged, for it lives some minutes."""

    __tablename__ = "shown_proof"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("octet_length(digest) = 32", name="digest"),
        Index("ix_shown_proof_forget_at", "forget_at"),
        {"prefixes": ["UNLOGGED"]},
    )
    digest: bytes = Field(primary_key=True, sa_type=LargeBinary)
    forget_at: datetime = col.instant()


class AttemptRow(SQLModel, table=True):
    """Somebody has tried codes or tokens: a keyed hash that tells nobody who, and when their quota is whole again.

    Unlogged: it is in no backup and on no replica, and a crash empties it.
    """

    __tablename__ = "attempt"
    __table_args__: ClassVar[Any] = (Index("ix_attempt_whole", "whole_at"), {"prefixes": ["UNLOGGED"]})
    who_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    whole_at: datetime = col.instant()
