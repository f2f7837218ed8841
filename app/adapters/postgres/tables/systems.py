"""Systems' accounts. Nothing here is about a person."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class SystemAccountRow(SQLModel, table=True):
    """A system that an organisation lets in. `enter_system` reads it, and no transaction of a system opens without."""

    __tablename__ = "system_account"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_system_account_organisation"),
        CheckConstraint(
            "num_nonnulls(issuer, client_id) = case when consumer is null then 2 else 0 end", name="login"
        ),
        CheckConstraint("consumer ~ '^[0-9]{9}$'", name="consumer"),
        CheckConstraint("consumer is not null or cardinality(suppliers) = 0", name="suppliers"),
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
        CheckConstraint("expires_at > holds_from", name="time"),
        CheckConstraint("continued_by <> id", name="continued"),
        col.points_to(
            ["organisation_id", "continued_by"],
            "system_account",
            ["organisation_id", "id"],
            "fk_system_account_continued",
        ),
        Index(
            "uq_system_account_login",
            "organisation_id",
            "login_id",
            unique=True,
            postgresql_where=text("revoked_at is null"),
        ),
        Index("ix_system_account_page", "organisation_id", "registered_at", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    login_id: UUID = col.ref()
    name: str = col.text()
    purpose: str = col.text()
    consumer: str | None = col.optional_text()
    suppliers: list[str] = col.texts()
    issuer: str | None = col.optional_text()
    client_id: str | None = col.optional_text()
    scopes: list[str] = col.texts()
    holds_from: datetime = col.instant()
    expires_at: datetime = col.instant()
    registered_at: datetime = col.instant()
    revoked_at: datetime | None = col.optional_instant()
    last_used_at: datetime | None = col.optional_instant()
    continued_by: UUID | None = col.optional_ref()
    version: int
