"""published statistics: the figures of a quarter, kept as they were published

Fits the code that runs while it runs: it knows nothing of this table.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"


def upgrade() -> None:
    op.create_table(
        "published_statistics",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("figures", postgresql.JSONB(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("period ~ '^20[0-9]{2}-Q[1-4]$'", name=op.f("ck_published_statistics_period")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_published_statistics_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "period", name=op.f("pk_published_statistics")),
    )
    op.execute("alter table published_statistics enable row level security")
    op.execute("alter table published_statistics force row level security")
    op.execute(f"create policy own on published_statistics to verksted_app using ({OWN}) with check ({OWN})")
    # No update and no delete: what was published stands.
    op.execute("grant select, insert on published_statistics to verksted_app")


def downgrade() -> None:
    op.execute("revoke all on published_statistics from verksted_app")
    op.drop_table("published_statistics")
