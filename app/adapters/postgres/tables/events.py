"""What can be followed from outside."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables import columns as col


class FeedEventRow(SQLModel, table=True):
    """An event of those that say nothing about one person and nothing of the inside of a group.

    A table of its own: the service's everyday role can read this one, and the outbox it can't.
    """

    __tablename__ = "feed_event"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_feed_event_organisation"),
        UniqueConstraint("organisation_id", "position", name="uq_feed_event_position"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    position: int = Field(sa_column=Column(BigInteger, nullable=False))
    type: str = col.text()
    subject: UUID = col.ref()
    ids: dict[str, str] = col.ids()
    occurred_at: datetime = col.instant()


class WebhookRow(SQLModel, table=True):
    """Where an organisation's administrators, or one of its systems, have events sent."""

    __tablename__ = "webhook"
    __table_args__: ClassVar[Any] = (
        col.points_to(["organisation_id"], "organisation", ["id"], "fk_webhook_organisation"),
        col.points_to(
            ["organisation_id", "system_id"], "system_account", ["organisation_id", "id"], "fk_webhook_system"
        ),
        CheckConstraint("num_nonnulls(disabled_at, disabled_because) in (0, 2)", name="disabled"),
        UniqueConstraint(
            "organisation_id", "system_id", "url", name="uq_webhook_url", postgresql_nulls_not_distinct=True
        ),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    system_id: UUID | None = col.optional_ref()
    url: str = col.text()
    purpose: str = col.text()
    types: list[str] = col.texts()
    secrets_sealed: bytes = col.sealed()
    overlap_until: datetime | None = col.optional_instant()
    position: int = Field(sa_column=Column(BigInteger, nullable=False))
    registered_at: datetime = col.instant()
    failing_since: datetime | None = col.optional_instant()
    disabled_at: datetime | None = col.optional_instant()
    disabled_because: str | None = col.optional_text()
    warned_at: datetime | None = col.optional_instant()
    version: int


class WebhookDeliveryRow(SQLModel, table=True):
    """An event on its way to a webhook: the event as it is told, how often it was tried, and how that ended."""

    __tablename__ = "webhook_delivery"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "webhook_id"],
            "webhook",
            ["organisation_id", "id"],
            "fk_webhook_delivery_webhook",
        ),
        CheckConstraint("(state = 'waiting') = (ended_at is null)", name="ended"),
        CheckConstraint("next_at is null or state = 'waiting'", name="next"),
        Index(
            "ix_webhook_delivery_due",
            "organisation_id",
            "webhook_id",
            "next_at",
            postgresql_where=text("next_at is not null"),
        ),
        Index(
            "ix_webhook_delivery_line",
            "organisation_id",
            "webhook_id",
            "subject",
            "number",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_webhook_delivery_page", "organisation_id", "webhook_id", "made_at", "event_id"),
    )
    organisation_id: UUID = col.key()
    webhook_id: UUID = col.key()
    event_id: UUID = col.key()
    number: int = Field(sa_column=Column(BigInteger, nullable=False))
    type: str = col.text()
    subject: UUID = col.ref()
    ids: dict[str, str] = col.ids()
    occurred_at: datetime = col.instant()
    made_at: datetime = col.instant()
    state: str = col.text()
    attempts: int
    attempts_before: int = col.count_at_first()
    put_off_seconds: int = col.count_at_first()
    next_at: datetime | None = col.optional_instant()
    last_at: datetime | None = col.optional_instant()
    status: int | None = None
    fault: str | None = col.optional_text()
    ended_at: datetime | None = col.optional_instant()
