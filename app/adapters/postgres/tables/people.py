"""People and their logins: outside tenancy, each row for its own person only."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class PersonRow(SQLModel, table=True):
    """A human being who logs in. Policy: only in transactions of that person."""

    __tablename__ = "person"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("char_length(chosen_name) between 1 and 80", name="chosen_name_length"),
        CheckConstraint("num_nonnulls(chosen_name, chosen_name_sealed) <= 1", name="chosen_name_once"),
        CheckConstraint("of_age_confirmed_by in ('self_declared', 'strong_login')", name="confirmed_by"),
        CheckConstraint("protected_by in ('oneself', 'login')", name="protected_by"),
        CheckConstraint("(protected_at is null) = (protected_by is null)", name="protected_by_somebody"),
    )
    id: UUID = col.key()
    chosen_name: str | None = col.optional_text()
    chosen_name_sealed: bytes | None = col.optional_sealed()
    languages: list[str] = col.texts()
    of_age_confirmed_at: datetime = col.instant()
    of_age_confirmed_by: str = col.text()
    introduced_at: datetime = col.instant()
    version: int
    protected_at: datetime | None = col.optional_instant()
    protected_by: str | None = col.optional_text()


class IdentityRow(SQLModel, table=True):
    """A login of a person: the id is a hash of issuer and pairwise subject. Policy: only to that very login."""

    __tablename__ = "identity"
    __table_args__: ClassVar[Any] = (
        col.points_to(["person_id"], "person", ["id"], "fk_identity_person"),
        Index("ix_identity_person", "person_id"),
    )
    id: UUID = col.key()
    person_id: UUID = col.ref()
    issuer: str = col.text()
    subject: str = col.text()
    linked_at: datetime = col.instant()


class ErasureRow(SQLModel, table=True):
    """Somebody has been erased, and their key and the ledger are still to be seen to: a row lives for moments, or until the
    next look where a process was killed in between. Policy: only for the role that erases."""

    __tablename__ = "erasure"
    person_id: UUID = col.key()
    erased_at: datetime = col.instant()
    gone: dict[str, int] = col.json()


class AffiliationRow(SQLModel, table=True):
    """With which organisations a person has registered, seen from the person's side."""

    __tablename__ = "affiliation"
    __table_args__: ClassVar[Any] = (
        col.points_to(["person_id"], "person", ["id"], "fk_affiliation_person"),
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_affiliation_organisation"),
    )
    person_id: UUID = col.key()
    organisation_id: UUID = col.key()
    since: datetime = col.instant()
