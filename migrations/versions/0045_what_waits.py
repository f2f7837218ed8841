"""what waits: a delivery that its receiver has had put off, and a line for each organisation that has messages to look for

Deliveries: for how long they were put off, so that all together is no longer than their day.

Messages: `due_work` has a row for each organisation in which somebody is to be looked at, so that the worker needn't enter the others. A
trigger moves it forward with each setting that becomes due sooner. It takes that row until the commit, on purpose: the worker that
looks through an organisation locks it, too, before it reads what is left (docs/adr/0065).

Fits the code that runs while it runs: who doesn't know of the column leaves it at 0, and who enters every organisation needs no rows.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0045"
down_revision: str | None = "0044"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CALL = """
create function call_for_messages() returns trigger language plpgsql as $$
begin
  if new.look_at is null or (tg_op = 'UPDATE' and old.look_at is not null and new.look_at >= old.look_at) then
    return null;
  end if;
  insert into public.due_work as d (organisation_id, kind, subject, due_at)
    values (new.organisation_id, 'messages', new.organisation_id, new.look_at)
    on conflict (organisation_id, kind, subject) do update set due_at = least(d.due_at, excluded.due_at);
  return null;
end
$$
"""
TRIGGER = (
    "create trigger calls after insert or update of look_at on message_setting"
    " for each row execute function call_for_messages()"
)
THOSE_THERE = (
    "insert into due_work (organisation_id, kind, subject, due_at)"
    " select organisation_id, 'messages', organisation_id, min(look_at) from message_setting"
    " where look_at is not null group by organisation_id"
    " on conflict (organisation_id, kind, subject) do update set due_at = least(due_work.due_at, excluded.due_at)"
)
WALLED = ("message_setting", "due_work")


def upgrade() -> None:
    op.add_column(
        "webhook_delivery", sa.Column("put_off_seconds", sa.Integer(), server_default="0", nullable=False)
    )
    op.execute("grant update (put_off_seconds) on webhook_delivery to verksted_app, verksted_worker")
    op.execute(CALL)
    op.execute("revoke execute on function call_for_messages() from public")
    op.execute(TRIGGER)  # holds off writers until the commit, so that none is passed over below
    for table in WALLED:
        op.execute(f"alter table {table} no force row level security")
    op.execute(THOSE_THERE)
    for table in WALLED:
        op.execute(f"alter table {table} force row level security")


def downgrade() -> None:
    op.execute("drop trigger calls on message_setting")
    op.execute("drop function call_for_messages()")
    op.execute("alter table due_work no force row level security")
    op.execute("delete from due_work where kind = 'messages'")
    op.execute("alter table due_work force row level security")
    op.drop_column("webhook_delivery", "put_off_seconds")
