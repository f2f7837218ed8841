"""courses that become groups: the course, its milestones, who has signed up

Fits the code that runs while it runs: three new tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("course", "course_milestone", "course_sign_up")
GRANTS = (
    "grant select, insert, update (title, first_day, last_day, theme, form, area, language, seats, group_starts_at,"
    " group_place, practical, sign_up_opened_at, cancelled_at, version) on course to verksted_app",
    "grant select, insert, delete on course_milestone to verksted_app",
    "grant select, insert, delete on course_sign_up to verksted_app",
)
HERE = "organisation_id = (select current_setting('app.organisation', true)::uuid)"


def upgrade() -> None:
    op.create_table(
        "course",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("group_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("group_place", sa.Text(), nullable=True),
        sa.Column("practical", sa.Text(), nullable=True),
        sa.Column("sign_up_code", sa.Text(), nullable=False),
        sa.Column("sign_up_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("form in ('in_person', 'phone', 'video')", name=op.f("ck_course_form")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_course_days")),
        sa.CheckConstraint("seats between 3 and 8", name=op.f("ck_course_seats")),
        sa.CheckConstraint(
            "sign_up_opened_at is null or num_nonnulls(group_starts_at, group_place) = 2",
            name=op.f("ck_course_start_decided"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_course_organisation"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_course")),
        sa.UniqueConstraint("organisation_id", "sign_up_code", name="uq_course_sign_up_code"),
    )
    op.create_index("ix_course_page", "course", ["organisation_id", "first_day", "id"])
    op.create_table(
        "course_milestone",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("milestone", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "milestone in ('told_from_the_start', 'open_for_questions', 'raised_again', 'needs_clarified',"
            " 'sign_ups_taken')",
            name=op.f("ck_course_milestone_milestone"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "course_id"],
            ["course.organisation_id", "course.id"],
            name="fk_course_milestone_course",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "course_id", "milestone", name=op.f("pk_course_milestone")
        ),
    )
    op.create_table(
        "course_sign_up",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "course_id"],
            ["course.organisation_id", "course.id"],
            name="fk_course_sign_up_course",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["registration.organisation_id", "registration.person_id"],
            name="fk_course_sign_up_registration",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_course_sign_up")),
        sa.UniqueConstraint("organisation_id", "course_id", "person_id", name="uq_course_sign_up_person"),
    )
    op.create_index("ix_course_sign_up_by_person", "course_sign_up", ["organisation_id", "person_id"])
    op.create_index(
        "ix_course_sign_up_page", "course_sign_up", ["organisation_id", "course_id", "signed_up_at", "id"]
    )
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} to verksted_app using ({HERE}) with check ({HERE})")
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
