"""the rhythm of a group: series of meetings, and what kind of place they are at

Fits the code that runs while it runs: meetings that it writes meanwhile are at some public place, as they all were.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PLACE_TYPES = (
    "place_type in ('municipal_house', 'health_centre', 'library', 'volunteer_centre', 'church', 'other_public',"
    " 'private_home', 'online', 'phone')"
)
ORGANISATION = "(select current_setting('app.organisation', true)::uuid)"


def upgrade() -> None:
    op.add_column("meeting", sa.Column("place_type", sa.Text(), nullable=False, server_default="other_public"))
    for name in ("slot_at", "apart_at", "replaced_at"):
        op.add_column("meeting", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(op.f("ck_meeting_place_type"), "meeting", PLACE_TYPES)
    op.create_check_constraint(
        op.f("ck_meeting_replaced"),
        "meeting",
        "replaced_at is null or (slot_at is not null and cancelled_at = replaced_at)",
    )
    op.create_unique_constraint("uq_meeting_group", "meeting", ["organisation_id", "group_id", "id"])
    op.create_unique_constraint("uq_meeting_slot", "meeting", ["organisation_id", "group_id", "slot_at"])
    op.create_index("ix_meeting_by_start", "meeting", ["organisation_id", "starts_at"])
    op.execute("grant update (place_type, apart_at, replaced_at) on meeting to verksted_app")
    op.create_table(
        "meeting_series",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("first_local", sa.DateTime(timezone=False), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("weekly_meetings", sa.Integer(), nullable=False),
        sa.Column("then_every_weeks", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("place_type", sa.Text(), nullable=False),
        sa.Column("planned_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes between 15 and 480", name=op.f("ck_meeting_series_minutes")),
        sa.CheckConstraint("char_length(place) between 1 and 200", name=op.f("ck_meeting_series_place_length")),
        sa.CheckConstraint(PLACE_TYPES, name=op.f("ck_meeting_series_place_type")),
        sa.CheckConstraint("weekly_meetings between 0 and 52", name=op.f("ck_meeting_series_weekly_meetings")),
        sa.CheckConstraint("then_every_weeks between 1 and 12", name=op.f("ck_meeting_series_then_every_weeks")),
        sa.CheckConstraint("until >= first_local::date", name=op.f("ck_meeting_series_until")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "group_id"],
            ["self_help_group.organisation_id", "self_help_group.id"],
            name="fk_meeting_series_group",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "group_id", name=op.f("pk_meeting_series")),
    )
    op.execute("alter table meeting_series enable row level security")
    op.execute("alter table meeting_series force row level security")
    op.execute(
        f"create policy own on meeting_series to verksted_app using (organisation_id = {ORGANISATION})"
        f" with check (organisation_id = {ORGANISATION})"
    )
    op.execute(
        "grant select, insert, update (first_local, time_zone, weekly_meetings, then_every_weeks, until, minutes,"
        " place, place_type, planned_until, ended_at, version) on meeting_series to verksted_app"
    )


def downgrade() -> None:
    op.execute("revoke all on meeting_series from verksted_app")
    op.drop_table("meeting_series")
    op.execute("revoke update (place_type, apart_at, replaced_at) on meeting from verksted_app")
    op.drop_index("ix_meeting_by_start", "meeting")
    op.drop_constraint("uq_meeting_slot", "meeting")
    op.drop_constraint("uq_meeting_group", "meeting")
    op.drop_constraint(op.f("ck_meeting_replaced"), "meeting")
    op.drop_constraint(op.f("ck_meeting_place_type"), "meeting")
    for name in ("replaced_at", "apart_at", "slot_at", "place_type"):
        op.drop_column("meeting", name)
