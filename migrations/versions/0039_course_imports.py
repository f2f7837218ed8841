"""imports of courses: many rows that are said at once, and what came of each

Fits the code that runs while it runs: both tables are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
GRANTS = (
    "grant select, insert, update (finished_at) on course_import to verksted_app",
    "grant select, insert, update (digest, outcome, code, course_id, done_at) on imported_row to verksted_app",
    "grant select, delete on course_import to verksted_eraser",
    "grant select, delete on imported_row to verksted_eraser",
)


def _of_system(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", "system_id"],
        ["system_account.organisation_id", "system_account.id"],
        name=name,
    )


def upgrade() -> None:
    op.create_table(
        "course_import",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("system_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        _of_system("fk_course_import_system"),
        sa.PrimaryKeyConstraint("organisation_id", "system_id", "id", name=op.f("pk_course_import")),
    )
    op.create_table(
        "imported_row",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("system_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number between 1 and 5000", name=op.f("ck_imported_row_number")),
        sa.CheckConstraint("octet_length(digest) = 32", name=op.f("ck_imported_row_hashed")),
        sa.CheckConstraint(
            "outcome in ('created', 'changed', 'unchanged', 'refused')", name=op.f("ck_imported_row_outcome")
        ),
        sa.CheckConstraint(
            "(outcome = 'refused') = (code is not null) and (outcome = 'refused') = (course_id is null)",
            name=op.f("ck_imported_row_refused"),
        ),
        _of_system("fk_imported_row_system"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "course_id"],
            ["course.organisation_id", "course.id"],
            name="fk_imported_row_course",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "system_id", "import_id", "number", name=op.f("pk_imported_row")
        ),
    )
    for table in ("course_import", "imported_row"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table} to verksted_app, verksted_eraser using ({OWN}) with check ({OWN})"
        )
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    op.drop_table("imported_row")
    op.drop_table("course_import")
