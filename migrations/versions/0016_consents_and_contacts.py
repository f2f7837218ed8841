"""consents with their receipts, and the ways of reaching people that rest on them

Fits the code that runs while it runs: nothing knows of these tables yet.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORGANISATION = "(select current_setting('app.organisation', true)::uuid)"
GRANTS = (
    "grant select, insert, update (withdrawn_at) on consent to verksted_app",
    "grant select, insert, update (sealed, kept_at), delete on contact to verksted_app",
)
FOR_GOOD = """
create function refuse_consent_again() returns trigger language plpgsql as $$
begin
  raise exception 'a consent that was taken back is given anew or not at all'
    using errcode = 'check_violation', constraint = 'withdrawn_for_good';
end $$"""


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("data_classes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose in ('taking_part', 'contact_about_group', 'contact_about_intake', 'introduction_to_group')",
            name=op.f("ck_consent_purpose"),
        ),
        sa.CheckConstraint("method = 'in_app'", name=op.f("ck_consent_method")),
        sa.CheckConstraint("cardinality(data_classes) > 0", name=op.f("ck_consent_about_something")),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_consent_in_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["registration.organisation_id", "registration.person_id"],
            name="fk_consent_registration",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_consent")),
    )
    op.create_index(
        "uq_consent_standing",
        "consent",
        ["organisation_id", "person_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    op.create_index("ix_consent_person", "consent", ["organisation_id", "person_id", "given_at", "id"])
    op.create_table(
        "contact",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('email', 'telephone')", name=op.f("ck_contact_kind")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["registration.organisation_id", "registration.person_id"],
            name="fk_contact_registration",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_contact")),
        sa.UniqueConstraint("organisation_id", "person_id", "kind", name="uq_contact_kind"),
    )
    for table in ("consent", "contact"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table} to verksted_app using (organisation_id = {ORGANISATION})"
            f" with check (organisation_id = {ORGANISATION})"
        )
    for grant in GRANTS:
        op.execute(grant)
    op.execute(FOR_GOOD)
    op.execute(
        "create trigger withdrawn_for_good before update on consent for each row"
        " when (old.withdrawn_at is not null) execute function refuse_consent_again()"
    )


def downgrade() -> None:
    op.execute("drop trigger withdrawn_for_good on consent")
    op.execute("drop function refuse_consent_again()")
    for table in ("contact", "consent"):
        op.execute(f"revoke all on {table} from verksted_app")
        op.drop_table(table)
