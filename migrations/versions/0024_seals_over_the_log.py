"""seals over the log of accesses, and the role that makes them

Fits the code that runs while it runs: what it notes is put among what waits for a seal by a trigger. The role
`verksted_audit` is made by `verksted migrate` before it migrates.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORGANISATION = "(select current_setting('app.organisation', true)::uuid)"
WAIT = """
create function wait_for_seal() returns trigger language plpgsql as $$
begin
  insert into public.audit_waiting (organisation_id, entry_id) values (new.organisation_id, new.id);
  return null;
end $$"""
POLICIES = (
    f"create policy written on audit_waiting for insert to verksted_app with check (organisation_id = {ORGANISATION})",
    # Of every organisation, as the chain is one; the role sees no other table, and can change no entry.
    "create policy sealed on audit_entry for select to verksted_audit using (true)",
    "create policy over on audit_entry for delete to verksted_audit"
    " using (recorded_at < now() - interval '367 days')",
    "create policy sealed on audit_waiting for select to verksted_audit using (true)",
    "create policy taken on audit_waiting for delete to verksted_audit using (true)",
    "create policy chain on audit_seal to verksted_audit using (true) with check (true)",
)
GRANTS = (
    "insert on audit_waiting to verksted_app",
    "select, delete on audit_entry to verksted_audit",
    "select, delete on audit_waiting to verksted_audit",
    "select, insert on audit_seal to verksted_audit",
)


def upgrade() -> None:
    op.drop_index("ix_audit_entry_age", table_name="audit_entry")
    op.create_index("ix_audit_entry_age", "audit_entry", ["recorded_at"])
    op.create_table(
        "audit_waiting",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "entry_id"],
            ["audit_entry.organisation_id", "audit_entry.id"],
            name="fk_audit_waiting_entry",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "entry_id", name=op.f("pk_audit_waiting")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_audit_seal_number")),
        sa.CheckConstraint(
            "octet_length(leaves) = 32 * cardinality(entries)", name=op.f("ck_audit_seal_a_leaf_each")
        ),
        sa.CheckConstraint(
            "octet_length(previous) = 32 and octet_length(digest) = 32", name=op.f("ck_audit_seal_hashes")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
    )
    # What has been noted until now waits for the first seal. Row security holds for the owner, too, so it steps aside.
    op.execute("alter table audit_entry no force row level security")
    op.execute("insert into audit_waiting (organisation_id, entry_id) select organisation_id, id from audit_entry")
    op.execute("alter table audit_entry force row level security")
    for table in ("audit_waiting", "audit_seal"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    for policy in POLICIES:
        op.execute(policy)
    for granted in GRANTS:
        op.execute(f"grant {granted}")
    op.execute(WAIT)
    op.execute("create trigger waits after insert on audit_entry for each row execute function wait_for_seal()")


def downgrade() -> None:
    op.execute("drop trigger waits on audit_entry")
    op.execute("drop function wait_for_seal()")
    op.execute("drop policy over on audit_entry")
    op.execute("drop policy sealed on audit_entry")
    op.execute("revoke all on audit_entry from verksted_audit")
    op.drop_table("audit_waiting")
    op.drop_table("audit_seal")
    op.drop_index("ix_audit_entry_age", table_name="audit_entry")
    op.create_index("ix_audit_entry_age", "audit_entry", ["organisation_id", "recorded_at"])
