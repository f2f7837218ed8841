"""calendars: addresses that open them, kept as hashes

Fits the code that runs while it runs: both tables are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MINE = "person_id = (select current_setting('app.person', true)::uuid)"
THIS = "id = (select current_setting('app.calendar', true)::uuid)"
POLICIES = (
    f"create policy own on calendar_address to verksted_app, verksted_eraser using ({MINE}) with check ({MINE})",
    f"create policy own on calendar_key to verksted_app using ({THIS}) with check ({THIS})",
    f"create policy ones_own on calendar_key for select to verksted_eraser using ({MINE})",
)
GRANTS = (
    "grant select, insert, update (bound_to, key_id, made_at), delete on calendar_address to verksted_app",
    "grant select, insert on calendar_key to verksted_app",
    "grant select, delete on calendar_address to verksted_eraser",
    "grant select on calendar_key to verksted_eraser",
)


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("bound_to", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(bound_to is null) = (group_id = '00000000-0000-0000-0000-000000000000')",
            name=op.f("ck_calendar_address_bound"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_calendar_address_person"),
        sa.PrimaryKeyConstraint("person_id", "group_id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("person_id", "key_id", name="uq_calendar_address_key"),
    )
    op.create_table(
        "calendar_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "id"],
            ["calendar_address.person_id", "calendar_address.key_id"],
            name="fk_calendar_key_address",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_key")),
    )
    op.create_index("ix_calendar_key_address", "calendar_key", ["person_id", "id"])
    for table in ("calendar_address", "calendar_key"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    for each in (*POLICIES, *GRANTS):
        op.execute(each)


def downgrade() -> None:
    op.drop_table("calendar_key")
    op.drop_table("calendar_address")
