"""webhooks: where events are sent, what was sent, and a word to the worker with each event of the feed

The worker is told by the trigger: it moves when the webhooks of the organisation are due. It takes their rows of `due_work` for the
rest of the transaction, which ends right after; the worker holds one of them only while it puts it back, and looks into the feed
in between, so that either it sees the event or the event moves the row after it (docs/adr/0062).

Fits the code that runs while it runs: the tables are new, and without webhooks the trigger finds no row.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0034"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
WAKE = """
create function wake_webhooks() returns trigger language plpgsql as $$
begin
  update public.due_work set due_at = least(due_at, clock_timestamp())
    where organisation_id = new.organisation_id and kind = 'webhook';
  return null;
end
$$
"""
ROLES = "verksted_app, verksted_eraser, verksted_worker"
POLICIES = (
    f"create policy own on webhook to {ROLES} using ({OWN}) with check ({OWN})",
    f"create policy own on webhook_delivery to {ROLES} using ({OWN}) with check ({OWN})",
    "alter policy own on feed_event to verksted_app, verksted_tally, verksted_eraser, verksted_worker",
    f"create policy ends on system_account for select to verksted_worker using ({OWN})",
)
GRANTS = (
    "grant select, insert, update (url, purpose, types, secrets_sealed, overlap_until, failing_since, disabled_at,"
    " disabled_because, version), delete on webhook to verksted_app",
    "grant select, update (position, failing_since, disabled_at, disabled_because) on webhook to verksted_worker",
    "grant select, insert, update (state, attempts, next_at, ended_at), delete on webhook_delivery to verksted_app",
    "grant select, insert, update (state, attempts, next_at, last_at, status, fault, ended_at) on webhook_delivery"
    " to verksted_worker",
    # Whoever erases looks through every table, so that nothing is left, and takes away what is past its time.
    "grant select on webhook to verksted_eraser",
    "grant select, delete on webhook_delivery to verksted_eraser",
    "grant select on feed_event to verksted_worker",
    # Whether the account that a webhook is for still holds, and for what.
    "grant select on system_account to verksted_worker",
)


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("system_id", sa.Uuid(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("types", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("secrets_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("overlap_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(disabled_at, disabled_because) in (0, 2)", name=op.f("ck_webhook_disabled")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_webhook_organisation"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "system_id"],
            ["system_account.organisation_id", "system_account.id"],
            name="fk_webhook_system",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_webhook")),
        sa.UniqueConstraint(
            "organisation_id", "system_id", "url", name="uq_webhook_url", postgresql_nulls_not_distinct=True
        ),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("ids", postgresql.JSONB(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (ended_at is null)", name=op.f("ck_webhook_delivery_ended")),
        sa.CheckConstraint("next_at is null or state = 'waiting'", name=op.f("ck_webhook_delivery_next")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "webhook_id"],
            ["webhook.organisation_id", "webhook.id"],
            name="fk_webhook_delivery_webhook",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "webhook_id", "event_id", name=op.f("pk_webhook_delivery")),
    )
    op.create_index(
        "ix_webhook_delivery_due",
        "webhook_delivery",
        ["organisation_id", "webhook_id", "next_at"],
        postgresql_where=sa.text("next_at is not null"),
    )
    op.create_index(
        "ix_webhook_delivery_line",
        "webhook_delivery",
        ["organisation_id", "webhook_id", "subject", "number"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_webhook_delivery_page", "webhook_delivery", ["organisation_id", "webhook_id", "made_at", "event_id"]
    )
    for table in ("webhook", "webhook_delivery"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    for each in (*POLICIES, *GRANTS):
        op.execute(each)
    op.execute(WAKE)
    op.execute("revoke execute on function wake_webhooks() from public")
    op.execute("create trigger wakes after insert on feed_event for each row execute function wake_webhooks()")


def downgrade() -> None:
    op.execute("drop trigger wakes on feed_event")
    op.execute("drop function wake_webhooks()")
    op.execute("revoke all on system_account, feed_event from verksted_worker")
    op.execute("drop policy ends on system_account")
    op.execute("alter policy own on feed_event to verksted_app, verksted_tally, verksted_eraser")
    op.drop_table("webhook_delivery")
    op.drop_table("webhook")
