"""What people have consented to, and how they can be reached for it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class ConsentRow(SQLModel, table=True):
    """One consent, which is its own receipt: appended, and ended for good (a trigger); never edited."""

    __tablename__ = "consent"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_consent_registration",
        ),
        CheckConstraint(
            "purpose in ('taking_part', 'contact_about_group', 'contact_about_intake', 'introduction_to_group',"
            " 'messages_about_intake', 'messages_about_helping', 'messages_about_duties')",
            name="purpose",
        ),
        CheckConstraint("method = 'in_app'", name="method"),
        CheckConstraint("cardinality(data_classes) > 0", name="about_something"),
        CheckConstraint("withdrawn_at >= given_at", name="in_order"),
        Index(
            "uq_consent_standing",
            "organisation_id",
            "person_id",
            "purpose",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
        Index("ix_consent_person", "organisation_id", "person_id", "given_at", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    person_id: UUID = col.ref()
    purpose: str = col.text()
    data_classes: list[str] = col.texts()
    text_version: str = col.text()
    language: str = col.text()
    text_sha256: str = col.text()
    method: str = col.text()
    given_at: datetime = col.instant()
    withdrawn_at: datetime | None = col.optional_instant()


class ContactRow(SQLModel, table=True):
    """One way of reaching one person, sealed. It is gone with the last consent that it is kept for."""

    __tablename__ = "contact"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "person_id"],
            "registration",
            ["organisation_id", "person_id"],
            "fk_contact_registration",
        ),
        CheckConstraint("kind in ('email', 'telephone')", name="kind"),
        UniqueConstraint("organisation_id", "person_id", "kind", name="uq_contact_kind"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    person_id: UUID = col.ref()
    kind: str = col.text()
    sealed: bytes = col.sealed()
    kept_at: datetime = col.instant()
