"""who looks after webhooks is told when one fails; and what a system says by ids of its own is that system's alone

Webhooks: when it was said that one fails for long, so that it is said once; the worker tells it as an event of the feed. A kind of
messages, and a purpose to consent to, for those who look after something for their organisation.

Own ids: policies that narrow the ones that there are (docs/adr/0070). `app.system` is set by `enter_system` (migration 0022), for
the transaction alone.

Fits the code that runs while it runs: who doesn't know of the column leaves it empty, the checks let more through, and every
statement over own ids names its system already.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0046"
down_revision: str | None = "0045"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
WRITERS = "verksted_app, verksted_tally, verksted_eraser"
ENTERED = "(select nullif(current_setting('app.system', true), '')::uuid)"
KINDS = (
    "'meeting_reminder', 'meeting_changed', 'ballot_open', 'outcome', 'offer', 'declaration_due', 'starter_exit',"
    " 'training_due', 'intake_appointment'"
)
PURPOSES = (
    "'taking_part', 'contact_about_group', 'contact_about_intake', 'introduction_to_group', 'messages_about_intake',"
    " 'messages_about_helping'"
)
LINE = f"""
create function line_entered() returns uuid[] language sql stable as $$
  with recursive line as (
    select s.id from public.system_account s where s.{OWN} and s.id = {ENTERED}
    union
    select s.id from public.system_account s join line on s.continued_by = line.id where s.{OWN}
  )
  select coalesce(array_agg(id), '{{}}') from line
$$
"""
NARROWER = (
    *(
        f"create policy of_one_system on {table} as restrictive to verksted_app"
        f" using (system_id = {ENTERED}) with check (system_id = {ENTERED})"
        for table in ("course_import", "imported_row")
    ),
    # A system means by its ids what the accounts that it continues have meant, and says nothing in their name.
    "create policy meant on course_announcement as restrictive for select to verksted_app"
    " using (system_id = any ((select line_entered())::uuid[]))",
    "create policy said on course_announcement as restrictive for insert to verksted_app"
    f" with check (system_id = {ENTERED})",
)
TELLS = (
    "grant update (warned_at) on webhook to verksted_app, verksted_worker",
    f"alter policy own on outbox to {WRITERS}, verksted_worker",
    "grant insert on outbox to verksted_worker",
    "grant insert on feed_event to verksted_worker",
    "grant usage on sequence feed_event_position to verksted_worker",
)


def _check(table: str, column: str, allowed: str) -> None:
    # Added as not valid and proved afterwards: no lock is held while the table is read.
    name = f"ck_{table}_{column}"
    op.execute(f"alter table {table} drop constraint {name}")
    op.execute(f"alter table {table} add constraint {name} check ({column} in ({allowed})) not valid")
    op.execute(f"alter table {table} validate constraint {name}")


def upgrade() -> None:
    op.add_column("webhook", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    for each in TELLS:
        op.execute(each)
    for table in ("message", "message_choice"):
        _check(table, "kind", f"{KINDS}, 'webhook_failing'")
    _check("consent", "purpose", f"{PURPOSES}, 'messages_about_duties'")
    op.execute(LINE)
    op.execute("revoke execute on function line_entered() from public")
    op.execute("grant execute on function line_entered() to verksted_app")
    for each in NARROWER:
        op.execute(each)


def downgrade() -> None:
    op.execute("drop policy said on course_announcement")
    op.execute("drop policy meant on course_announcement")
    for table in ("imported_row", "course_import"):
        op.execute(f"drop policy of_one_system on {table}")
    op.execute("drop function line_entered()")
    # What rests on the newer purpose goes with it: an older service knows no words for it.
    for table, of_it in (
        ("message_choice", "kind = 'webhook_failing'"),
        ("message", "kind = 'webhook_failing'"),
        ("consent", "purpose = 'messages_about_duties'"),
    ):
        op.execute(f"alter table {table} no force row level security")
        op.execute(f"delete from {table} where {of_it}")
        op.execute(f"alter table {table} force row level security")
    _check("consent", "purpose", PURPOSES)
    for table in ("message", "message_choice"):
        _check(table, "kind", KINDS)
    op.execute("revoke usage on sequence feed_event_position from verksted_worker")
    op.execute("revoke insert on feed_event, outbox from verksted_worker")
    op.execute(f"alter policy own on outbox to {WRITERS}")
    op.drop_column("webhook", "warned_at")
