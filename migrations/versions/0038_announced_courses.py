"""announced courses: which course a municipality's system means by an id of its own

Fits the code that runs while it runs: the table is new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0038"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"


def upgrade() -> None:
    op.create_table(
        "course_announcement",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("system_id", sa.Uuid(), nullable=False),
        sa.Column("own_id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "char_length(own_id) between 1 and 64", name=op.f("ck_course_announcement_own_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "course_id"],
            ["course.organisation_id", "course.id"],
            name="fk_course_announcement_course",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "system_id"],
            ["system_account.organisation_id", "system_account.id"],
            name="fk_course_announcement_system",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "system_id", "own_id", name=op.f("pk_course_announcement")
        ),
        sa.UniqueConstraint("organisation_id", "course_id", name="uq_course_announcement_course"),
    )
    op.execute("alter table course_announcement enable row level security")
    op.execute("alter table course_announcement force row level security")
    op.execute(
        "create policy own on course_announcement to verksted_app, verksted_eraser"
        f" using ({OWN}) with check ({OWN})"
    )
    # No update: an id means one course for good.
    op.execute("grant select, insert on course_announcement to verksted_app")
    op.execute("grant select on course_announcement to verksted_eraser")


def downgrade() -> None:
    op.drop_table("course_announcement")
