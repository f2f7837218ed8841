"""at the table: agendas that a group has arranged, notices of absence, who was there

Fits the code that runs while it runs: new tables alone. Who was there, and who couldn't come, is forgotten by the
database itself in the transaction that makes the next generation.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORGANISATION = "(select current_setting('app.organisation', true)::uuid)"
TABLES = ("meeting_agenda", "absence_notice", "attendance")
FORGET = """
create function forget_who_was_there() returns trigger language plpgsql as $$
begin
  delete from public.attendance a
    where a.organisation_id = new.organisation_id and a.group_id = new.group_id;
  delete from public.absence_notice n using public.meeting m
    where n.organisation_id = new.organisation_id and n.group_id = new.group_id
      and m.organisation_id = n.organisation_id and m.id = n.meeting_id and m.starts_at < new.formed_at;
  return null;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "meeting_agenda",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("jsonb_array_length(items) between 1 and 30", name=op.f("ck_meeting_agenda_items")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "meeting_id"],
            ["meeting.organisation_id", "meeting.id"],
            name="fk_meeting_agenda_meeting",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "meeting_id", name=op.f("pk_meeting_agenda")),
    )
    _of_member_and_meeting(
        "absence_notice", sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False)
    )
    _of_member_and_meeting("attendance")
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table} to verksted_app using (organisation_id = {ORGANISATION})"
            f" with check (organisation_id = {ORGANISATION})"
        )
    op.execute("grant select, insert, update (items, version) on meeting_agenda to verksted_app")
    op.execute("grant select, insert, delete on absence_notice to verksted_app")
    op.execute("grant select, insert, delete on attendance to verksted_app")
    op.execute(FORGET)
    op.execute(
        "create trigger forget_who_was_there after insert on generation"
        " for each row execute function forget_who_was_there()"
    )


def _of_member_and_meeting(table: str, *more: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["organisation_id", "group_id", "meeting_id"],
            ["meeting.organisation_id", "meeting.group_id", "meeting.id"],
            name=f"fk_{table}_meeting",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "group_id", "membership_id"],
            ["membership.organisation_id", "membership.group_id", "membership.id"],
            name=f"fk_{table}_membership",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "meeting_id", "membership_id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    op.execute("drop trigger forget_who_was_there on generation")
    op.execute("drop function forget_who_was_there()")
    for table in reversed(TABLES):
        op.execute(f"revoke all on {table} from verksted_app")
        op.drop_table(table)
