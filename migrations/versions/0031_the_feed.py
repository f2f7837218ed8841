"""the feed: events that can be followed from outside, numbered in the order of their commits

A number that is drawn before the commit is no order: who drew an earlier one may commit later, and whoever reads in
between passes over it for good. So the number is drawn under a lock of the organisation's, which a transaction keeps until it
has ended; the next one's number is drawn when this one can be seen. The trigger does it, whoever writes.

Fits the code that runs while it runs: it knows nothing of this table. What happens before the last replica runs the new code
may be missing in the feed, which nobody follows yet.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
WRITERS = ("verksted_app", "verksted_tally", "verksted_eraser")
"""Whoever counts says that a starter stays longer; whoever erases, that one has left."""
NUMBER = """
create function number_feed_event() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(32, hashtext(new.organisation_id::text));
  new.position := nextval('public.feed_event_position');
  return new;
end
$$
"""


def upgrade() -> None:
    op.create_table(
        "feed_event",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("ids", postgresql.JSONB(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_feed_event_organisation"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_feed_event")),
        sa.UniqueConstraint("organisation_id", "position", name="uq_feed_event_position"),
    )
    op.execute("create sequence feed_event_position owned by feed_event.position")
    op.execute(NUMBER)
    op.execute("revoke execute on function number_feed_event() from public")
    op.execute(
        "create trigger numbered before insert on feed_event for each row execute function number_feed_event()"
    )
    op.execute("alter table feed_event enable row level security")
    op.execute("alter table feed_event force row level security")
    op.execute(
        f"create policy own on feed_event to {', '.join(WRITERS)} using ({OWN}) with check ({OWN})"
    )
    # No update: what has happened has happened.
    # Whoever erases looks through every table, so that nothing is left, and takes away what is past its time.
    op.execute("grant select on feed_event to verksted_app, verksted_eraser")
    op.execute("grant delete on feed_event to verksted_eraser")
    op.execute(f"grant insert on feed_event to {', '.join(WRITERS)}")
    op.execute(f"grant usage on sequence feed_event_position to {', '.join(WRITERS)}")


def downgrade() -> None:
    op.execute(f"revoke all on feed_event from {', '.join(WRITERS)}")
    op.drop_table("feed_event")
    op.execute("drop function number_feed_event()")
