"""criteria of conversations with new volunteers: versions that an organisation has adopted

Fits the code that runs while it runs: the table is new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "volunteer_criteria",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("required", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("welcome", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cardinality(required) >= 1", name=op.f("ck_volunteer_criteria_one_at_least")),
        sa.CheckConstraint("not required && welcome", name=op.f("ck_volunteer_criteria_each_once")),
        sa.CheckConstraint(
            "required || welcome <@ array['listens', 'meets_as_equal', 'steps_back', 'keeps_confidence',"
            " 'knows_self_help', 'keeps_frames', 'keeps_roles_apart']",
            name=op.f("ck_volunteer_criteria_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_volunteer_criteria_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "version", name=op.f("pk_volunteer_criteria")),
    )
    own = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
    op.execute("alter table volunteer_criteria enable row level security")
    op.execute("alter table volunteer_criteria force row level security")
    op.execute(f"create policy own on volunteer_criteria to verksted_app using ({own}) with check ({own})")
    op.execute("grant select, insert on volunteer_criteria to verksted_app")


def downgrade() -> None:
    op.drop_table("volunteer_criteria")
