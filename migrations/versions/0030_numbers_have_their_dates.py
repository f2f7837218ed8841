"""numbers have their dates: mergers of the municipalities that an organisation covers, and accounts that go on in another

Fits the code that runs while it runs: it knows neither, and its rows have none.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORGANISATION = "(select current_setting('app.organisation', true)::uuid)"


def upgrade() -> None:
    op.add_column(
        "organisation", sa.Column("mergers", postgresql.JSONB(), nullable=False, server_default="[]")
    )
    op.create_check_constraint(op.f("ck_organisation_mergers"), "organisation", "jsonb_typeof(mergers) = 'array'")
    op.execute(
        f"create policy changed on organisation for update to verksted_app using (id = {ORGANISATION})"
        f" with check (id = {ORGANISATION})"
    )
    op.execute("grant update (mergers) on organisation to verksted_app")
    op.add_column("system_account", sa.Column("continued_by", sa.Uuid(), nullable=True))
    op.create_check_constraint(op.f("ck_system_account_continued"), "system_account", "continued_by <> id")
    op.create_foreign_key(
        "fk_system_account_continued",
        "system_account",
        "system_account",
        ["organisation_id", "continued_by"],
        ["organisation_id", "id"],
    )
    op.execute("grant update (continued_by) on system_account to verksted_app")


def downgrade() -> None:
    op.drop_constraint("fk_system_account_continued", "system_account", type_="foreignkey")
    op.drop_constraint(op.f("ck_system_account_continued"), "system_account", type_="check")
    op.drop_column("system_account", "continued_by")
    op.execute("revoke update (mergers) on organisation from verksted_app")
    op.execute("drop policy changed on organisation")
    op.drop_constraint(op.f("ck_organisation_mergers"), "organisation", type_="check")
    op.drop_column("organisation", "mergers")
