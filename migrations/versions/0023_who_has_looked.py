"""who has looked: one log of accesses and changes, to which the service can add and nothing else

Fits the code that runs while it runs: what it still notes in `intake_reading` is carried over by a trigger. That table
goes one release later.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHOICES = {
    "acting_as": "acting_as in ('oneself', 'administrator', 'coordinator', 'interviewer', 'starter', 'system', 'operator')",
    "deed": (
        "deed in ('read', 'listed', 'recorded', 'changed', 'removed', 'granted', 'revoked', 'assigned', 'adopted',"
        " 'given', 'withdrawn', 'exported', 'erased')"
    ),
    "data": (
        "data in ('assessment', 'assessment_summary', 'private_wish', 'interest', 'intake_outcome', 'contact_channel',"
        " 'protection', 'consent', 'personal_copy', 'role', 'policy', 'intake_criteria', 'retention_policy',"
        " 'service_account', 'issuer', 'training_record', 'starter_assignment')"
    ),
    "purpose": (
        "purpose in ('own_affairs', 'intake', 'composing_a_group', 'helping_a_group_to_start', 'staffing',"
        " 'administration', 'safety', 'legal_duty', 'retention')"
    ),
    "ended": "ended in ('done', 'begun', 'failed')",
    "client_length": "char_length(client) between 1 and 200",
    "consumer_length": "char_length(consumer) between 1 and 100",
    "supplier_length": "char_length(supplier) between 1 and 100",
}
WRITTEN = (
    "organisation_id, id, actor_id, client, consumer, supplier, acting_as, deed, data, row_id, subject_id, purpose,"
    " ended, request_id, occurred_at"
)
SHOWN = (
    "organisation_id, id, actor_id, consumer, supplier, acting_as, deed, data, subject_id, purpose, ended, occurred_at"
)
CARRIED = """
select r.organisation_id, r.id, r.reader_id,
    case when exists (select from public.assessment a
      where a.organisation_id = r.organisation_id and a.person_id = r.person_id and a.interviewer_id = r.reader_id)
      and r.what = 'assessment' then 'interviewer' else 'coordinator' end,
    'read', r.what, r.person_id, case r.what when 'assessment' then 'intake' else 'composing_a_group' end,
    'done', r.read_at"""
INTO = """insert into public.audit_entry
    (organisation_id, id, actor_id, acting_as, deed, data, subject_id, purpose, ended, occurred_at)"""
CARRY = f"""
create function carry_reading() returns trigger language plpgsql as $$
begin
  {INTO}
  {CARRIED}
  from (select new.*) as r;
  return null;
end $$"""
OWN = (
    "create policy written on audit_entry for insert to verksted_app"
    " with check (organisation_id = (select current_setting('app.organisation', true)::uuid))",
    "create policy own on audit_entry for select to verksted_app"
    " using (subject_id = (select current_setting('app.person', true)::uuid))",
)
FORCED = ("intake_reading", "assessment")


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("client", sa.Text(), nullable=True),
        sa.Column("consumer", sa.Text(), nullable=True),
        sa.Column("supplier", sa.Text(), nullable=True),
        sa.Column("acting_as", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        *(sa.CheckConstraint(check, name=op.f(f"ck_audit_entry_{name}")) for name, check in CHOICES.items()),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject_id", "occurred_at", "id"])
    op.create_index("ix_audit_entry_age", "audit_entry", ["organisation_id", "recorded_at"])
    op.execute(
        "create unique index uq_audit_entry_request on audit_entry (organisation_id, request_id, actor_id, client,"
        " subject_id, deed, data, row_id, ended, ((occurred_at at time zone 'UTC')::date)) nulls not distinct"
        " where request_id is not null"
    )
    for table in FORCED:
        op.execute(f"alter table {table} no force row level security")
    op.execute(f"{INTO} {CARRIED} from intake_reading r")
    for table in FORCED:
        op.execute(f"alter table {table} force row level security")
    op.execute("alter table audit_entry enable row level security")
    op.execute("alter table audit_entry force row level security")
    for policy in OWN:
        op.execute(policy)
    op.execute(f"grant insert ({WRITTEN}), select ({SHOWN}) on audit_entry to verksted_app")
    op.execute(CARRY)
    op.execute(
        "create trigger carried after insert on intake_reading for each row execute function carry_reading()"
    )


def downgrade() -> None:
    op.execute("drop trigger carried on intake_reading")
    op.execute("drop function carry_reading()")
    op.execute("revoke all on audit_entry from verksted_app")
    op.drop_table("audit_entry")
