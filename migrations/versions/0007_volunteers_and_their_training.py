"""volunteers and their training: who has offered to help, and what they have been through

Fits the code that runs while it runs: both tables are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GRANTS = (
    "grant select, insert, update (partner_id, partner_code_sha256, partner_code_expires_at), delete"
    " on volunteer to verksted_app",
    "grant select, insert on training_entry to verksted_app",
)
FUNCTIONS = (
    """
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
    return old;
  end if;
  raise exception 'a training record is corrected by a further entry (V-04)'
    using errcode = 'check_violation', constraint = 'append_only';
end $$""",
    """
create function refuse_erasure_by_others() returns trigger language plpgsql as $$
begin
  if old.person_id is distinct from (select current_setting('app.person', true)::uuid) then
    raise exception 'a training record goes by its own person''s wish alone'
      using errcode = 'check_violation', constraint = 'erased_by_oneself';
  end if;
  return old;
end $$""",
    "create trigger append_only before update or delete on training_entry"
    " for each row execute function refuse_rewriting()",
    "create trigger erased_by_oneself before delete on volunteer"
    " for each row execute function refuse_erasure_by_others()",
)
OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"


def upgrade() -> None:
    op.create_table(
        "volunteer",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("recruited_from", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("partner_code_sha256", sa.Text(), nullable=True),
        sa.Column("partner_code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "recruited_from in ('former_participant', 'public_service', 'association', 'centre')",
            name=op.f("ck_volunteer_recruited_from"),
        ),
        sa.CheckConstraint("partner_id <> person_id", name=op.f("ck_volunteer_partner_is_another")),
        sa.CheckConstraint(
            "num_nonnulls(partner_code_sha256, partner_code_expires_at) <> 1",
            name=op.f("ck_volunteer_partner_code"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["registration.organisation_id", "registration.person_id"],
            name="fk_volunteer_registration",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "partner_id"],
            ["volunteer.organisation_id", "volunteer.person_id"],
            name="fk_volunteer_partner",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("organisation_id", "partner_id", name="uq_volunteer_partner"),
        sa.UniqueConstraint("organisation_id", "partner_code_sha256", name="uq_volunteer_partner_code"),
    )
    op.create_index("ix_volunteer_offered", "volunteer", ["organisation_id", "offered_at", "person_id"])
    op.create_table(
        "training_entry",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("module", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("criteria_version", sa.Text(), nullable=True),
        sa.Column("qualities", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("corrects <> id", name=op.f("ck_training_entry_corrects_another")),
        sa.CheckConstraint(
            "kind in ('conversation', 'introduction', 'course', 'network_meeting', 'supervision', 'exemption',"
            " 'resignation', 'return', 'struck')",
            name=op.f("ck_training_entry_kind"),
        ),
        sa.CheckConstraint(
            "(kind = 'conversation') = (outcome is not null) and (outcome is null) = (criteria_version is null)"
            " and (kind = 'conversation' or cardinality(qualities) = 0)"
            " and (outcome is null or outcome in ('suited', 'not_now', 'not_suited'))",
            name=op.f("ck_training_entry_conversation"),
        ),
        sa.CheckConstraint(
            "(kind = 'introduction') = (module is not null)"
            " and (module is null or module in ('method', 'values', 'principles'))",
            name=op.f("ck_training_entry_introduction"),
        ),
        sa.CheckConstraint(
            "(kind = 'exemption') = (requirement is not null) and num_nonnulls(requirement, reason, until) in (0, 3)"
            " and (requirement is null or requirement in ('course', 'network_meeting', 'supervision'))"
            " and (reason is null or reason in ('equivalent_training', 'not_offered', 'away'))"
            " and (until is null or until > happened_at)",
            name=op.f("ck_training_entry_exemption"),
        ),
        sa.CheckConstraint("kind <> 'struck' or corrects is not null", name=op.f("ck_training_entry_struck")),
        sa.CheckConstraint("happened_at <= recorded_at", name=op.f("ck_training_entry_has_happened")),
        sa.CheckConstraint(
            "recorded_by <> person_id or kind in ('resignation', 'return')",
            name=op.f("ck_training_entry_by_another"),
        ),
        sa.CheckConstraint(
            "recorded_by = person_id or kind <> 'return'", name=op.f("ck_training_entry_return_is_ones_own")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["volunteer.organisation_id", "volunteer.person_id"],
            name="fk_training_entry_volunteer",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id", "corrects"],
            ["training_entry.organisation_id", "training_entry.person_id", "training_entry.id"],
            name="fk_training_entry_corrects",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_training_entry")),
        sa.UniqueConstraint("organisation_id", "person_id", "id", name="uq_training_entry_person"),
        sa.UniqueConstraint("organisation_id", "corrects", name="uq_training_entry_corrects"),
    )
    op.create_index(
        "ix_training_entry_person", "training_entry", ["organisation_id", "person_id", "recorded_at"]
    )
    for table in ("volunteer", "training_entry"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} to verksted_app using ({OWN}) with check ({OWN})")
    for statement in (*FUNCTIONS, *GRANTS):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("training_entry")
    op.drop_table("volunteer")
    op.execute("drop function refuse_rewriting()")
    op.execute("drop function refuse_erasure_by_others()")
