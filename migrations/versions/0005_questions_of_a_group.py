"""questions of a group: each with its own subject, and the first of them: until when it meets

Fits the code that runs while it runs: what is added may be missing, and what is checked anew holds for all that is there.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LIVE = "counted_at is null and voided_at is null and withdrawn_at is null"
OLD_QUESTIONS = "question in ('open_for_new_people', 'admission')"
QUESTIONS = "question in ('open_for_new_people', 'admission', 'end_date')"


def _question(condition: str) -> None:
    op.drop_constraint(op.f("ck_ballot_question"), "ballot", type_="check")
    op.create_check_constraint(op.f("ck_ballot_question"), "ballot", condition)


def upgrade() -> None:
    op.add_column("self_help_group", sa.Column("end_dropped_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("grant update (end_dropped_at) on self_help_group to verksted_app")
    op.add_column("ballot", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    _question(QUESTIONS)
    op.create_check_constraint(
        op.f("ck_ballot_subject_end"), "ballot", "(question = 'end_date') = (ends_at is not null)"
    )
    op.create_check_constraint(op.f("ck_ballot_end_after_closing"), "ballot", "ends_at > closes_at")
    op.create_index(
        "uq_ballot_live_question",
        "ballot",
        ["organisation_id", "group_id", "question"],
        unique=True,
        postgresql_where=sa.text(f"question in ('open_for_new_people', 'end_date') and {LIVE}"),
    )
    op.drop_index("uq_ballot_live_opening", table_name="ballot")


def downgrade() -> None:
    op.create_index(
        "uq_ballot_live_opening",
        "ballot",
        ["organisation_id", "group_id"],
        unique=True,
        postgresql_where=sa.text(f"question = 'open_for_new_people' and {LIVE}"),
    )
    op.drop_index("uq_ballot_live_question", table_name="ballot")
    op.drop_constraint(op.f("ck_ballot_end_after_closing"), "ballot", type_="check")
    op.drop_constraint(op.f("ck_ballot_subject_end"), "ballot", type_="check")
    op.drop_column("ballot", "ends_at")
    _question(OLD_QUESTIONS)
    op.drop_column("self_help_group", "end_dropped_at")
