"""the worker: whose turn a duty is, and what is due in which organisation

The role `verksted_worker` is made by `verksted migrate` before it migrates. It sees ids and times across organisations
(`due_work`), and enters one for the work itself, behind the same walls as the service.

Fits the code that runs while it runs: both tables are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
POLICIES = (
    "create policy turns on duty_turn to verksted_worker using (true) with check (true)",
    # Whoever makes work says when it is due; whoever erases, or takes away what is past its time, looks and takes.
    "create policy own on due_work to verksted_app, verksted_tally, verksted_eraser"
    f" using ({OWN}) with check ({OWN})",
    "create policy taken on due_work for select to verksted_worker using (true)",
    "create policy put_back on due_work for update to verksted_worker using (true) with check (true)",
)
GRANTS = (
    "grant select, insert, update (due_at) on duty_turn to verksted_worker",
    "grant select, insert, update (due_at), delete on due_work to verksted_app",
    "grant select, update (due_at) on due_work to verksted_tally",
    "grant select, update (due_at), delete on due_work to verksted_eraser",
    "grant select, update (due_at, taken_until, waiting_since) on due_work to verksted_worker",
)


def upgrade() -> None:
    op.create_table(
        "duty_turn",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_duty_turn")),
    )
    op.create_table(
        "due_work",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_due_work_organisation"),
        sa.PrimaryKeyConstraint("organisation_id", "kind", "subject", name=op.f("pk_due_work")),
    )
    op.create_index("ix_due_work_due", "due_work", ["kind", "due_at"])
    for table in ("duty_turn", "due_work"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    for each in (*POLICIES, *GRANTS):
        op.execute(each)


def downgrade() -> None:
    op.execute("revoke all on all tables in schema public from verksted_worker")
    op.drop_table("due_work")
    op.drop_table("duty_turn")
