"""What a group settles for itself: its ground rules, and who of it is away."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from app.adapters.postgres.tables import columns as col


class GroundRulesRow(SQLModel, table=True):
    """A draft of a group's ground rules, never changed. Which one holds is computed from the ballots on them."""

    __tablename__ = "ground_rules"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("organisation_id", "group_id", "id", name="uq_ground_rules_group"),
        col.points_to(
            ["organisation_id", "group_id"],
            "self_help_group",
            ["organisation_id", "id"],
            "fk_ground_rules_group",
        ),
        CheckConstraint(
            "absence_channel in ('in_app', 'text_message', 'phone_call', 'other')", name="absence_channel"
        ),
        CheckConstraint("absence_hours between 0 and 168", name="absence_hours"),
        CheckConstraint(
            "decision_rule in ('no_objection', 'unanimous', 'three_quarters', 'absolute_majority')",
            name="decision_rule",
        ),
        CheckConstraint("cardinality(points) <= 20", name="points"),
        Index("ix_ground_rules_by_group", "organisation_id", "group_id", "drafted_at", "id"),
    )
    organisation_id: UUID = col.key()
    id: UUID = col.key()
    group_id: UUID = col.ref()
    drafted_at: datetime = col.instant()
    rhythm: str | None = col.optional_text()
    absence_channel: str | None = col.optional_text()
    absence_hours: int | None = None
    refreshments: str | None = col.optional_text()
    breaks: str | None = col.optional_text()
    decision_rule: str | None = col.optional_text()
    points: list[str] = col.texts()


class MemberLeaveRow(SQLModel, table=True):
    """A member's own leave. One at most; no reason; nothing of earlier ones (B-05)."""

    __tablename__ = "member_leave"
    __table_args__: ClassVar[Any] = (
        col.points_to(
            ["organisation_id", "group_id", "membership_id"],
            "membership",
            ["organisation_id", "group_id", "id"],
            "fk_member_leave_membership",
        ),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )
    organisation_id: UUID = col.key()
    membership_id: UUID = col.key()
    group_id: UUID = col.ref()
    starts_at: datetime = col.instant()
    ends_at: datetime = col.instant()
