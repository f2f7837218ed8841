"""what comes before a group: interests, recommendations, and who has read what was confided

Fits the code that runs while it runs: all tables are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT_TABLES = ("interest", "recommendation", "recommendation_code", "intake_reading")
GRANTS = """
grant select, insert, update (theme, forms, area, weekdays, language, company, private_wish, registered_at, kept_until), delete on interest to verksted_app;
grant select, insert, delete on recommendation to verksted_app;
grant select (organisation_id, code_hash, expires_at), insert, delete on recommendation_code to verksted_app;
grant select, insert, delete on intake_reading to verksted_app;
"""


def upgrade() -> None:
    op.create_table(
        "interest",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("forms", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("company", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("private_wish", sa.LargeBinary(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cardinality(forms) > 0", name=op.f("ck_interest_forms")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["registration.organisation_id", "registration.person_id"],
            name="fk_interest_registration",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_interest")),
    )
    op.create_index("ix_interest_kept", "interest", ["organisation_id", "kept_until"], unique=False)
    op.create_index(
        "ix_interest_registered", "interest", ["organisation_id", "registered_at", "person_id"], unique=False
    )
    op.create_table(
        "recommendation",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how_many between 1 and 30", name=op.f("ck_recommendation_how_many")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_recommendation_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_recommendation")),
    )
    op.create_index(
        "ix_recommendation_expires", "recommendation", ["organisation_id", "expires_at"], unique=False
    )
    op.create_index(
        "ix_recommendation_giver",
        "recommendation",
        ["organisation_id", "giver_id", "given_at", "id"],
        unique=False,
    )
    op.create_table(
        "recommendation_code",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("ck_recommendation_code_hashed")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_recommendation_code_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "code_hash", name=op.f("pk_recommendation_code")),
    )
    op.create_index(
        "ix_recommendation_code_expires",
        "recommendation_code",
        ["organisation_id", "expires_at"],
        unique=False,
    )
    op.create_table(
        "intake_reading",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("what in ('assessment', 'private_wish')", name=op.f("ck_intake_reading_what")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["registration.organisation_id", "registration.person_id"],
            name="fk_intake_reading_registration",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_intake_reading")),
    )
    op.create_index("ix_intake_reading_age", "intake_reading", ["organisation_id", "read_at"], unique=False)
    op.create_index(
        "ix_intake_reading_person",
        "intake_reading",
        ["organisation_id", "person_id", "what", "read_at"],
        unique=False,
    )
    for table in TENANT_TABLES:
        _secure(table)
    for statement in GRANTS.strip().splitlines():
        op.execute(statement)


def _secure(table: str) -> None:
    own = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy own on {table} to verksted_app using ({own}) with check ({own})")


def downgrade() -> None:
    op.drop_index("ix_intake_reading_age", table_name="intake_reading")
    op.drop_index("ix_intake_reading_person", table_name="intake_reading")
    op.drop_table("intake_reading")
    op.drop_index("ix_recommendation_code_expires", table_name="recommendation_code")
    op.drop_table("recommendation_code")
    op.drop_index("ix_recommendation_expires", table_name="recommendation")
    op.drop_index("ix_recommendation_giver", table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_index("ix_interest_kept", table_name="interest")
    op.drop_index("ix_interest_registered", table_name="interest")
    op.drop_table("interest")
