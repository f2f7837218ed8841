"""own affairs of a group: ground rules, leave, and that a member goes as all others have decided

Fits the code that runs while it runs: what is added may be missing, and what is checked anew holds for all that is there.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LIVE = "counted_at is null and voided_at is null and withdrawn_at is null"
OLD_QUESTIONS = "question in ('open_for_new_people', 'admission', 'end_date')"
QUESTIONS = "question in ('open_for_new_people', 'admission', 'end_date', 'ground_rules', 'exclusion')"
OLD_LIVE = f"question in ('open_for_new_people', 'end_date') and {LIVE}"
LIVE_QUESTIONS = f"question in ('open_for_new_people', 'end_date', 'ground_rules') and {LIVE}"
ORGANISATION = "(select current_setting('app.organisation', true)::uuid)"
TABLES = ("ground_rules", "member_leave")
ONE_SELF = """
create function refuse_removal() returns trigger language plpgsql as $$
begin
  if new.excluded_by is null and new.person_id::text is distinct from current_setting('app.person', true) then
    raise exception 'a member leaves by themselves, or as all others have decided (G-18, G-19)'
      using errcode = 'check_violation', constraint = 'left_by_oneself';
  end if;
  return new;
end $$
"""


def _question(condition: str, live: str) -> None:
    op.drop_constraint(op.f("ck_ballot_question"), "ballot", type_="check")
    op.create_check_constraint(op.f("ck_ballot_question"), "ballot", condition)
    op.drop_index("uq_ballot_live_question", table_name="ballot")
    op.create_index(
        "uq_ballot_live_question",
        "ballot",
        ["organisation_id", "group_id", "question"],
        unique=True,
        postgresql_where=sa.text(live),
    )


def upgrade() -> None:
    op.create_table(
        "ground_rules",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=True),
        sa.Column("absence_channel", sa.Text(), nullable=True),
        sa.Column("absence_hours", sa.Integer(), nullable=True),
        sa.Column("refreshments", sa.Text(), nullable=True),
        sa.Column("breaks", sa.Text(), nullable=True),
        sa.Column("decision_rule", sa.Text(), nullable=True),
        sa.Column("points", sa.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(
            "absence_channel in ('in_app', 'text_message', 'phone_call', 'other')",
            name=op.f("ck_ground_rules_absence_channel"),
        ),
        sa.CheckConstraint("absence_hours between 0 and 168", name=op.f("ck_ground_rules_absence_hours")),
        sa.CheckConstraint(
            "decision_rule in ('no_objection', 'unanimous', 'three_quarters', 'absolute_majority')",
            name=op.f("ck_ground_rules_decision_rule"),
        ),
        sa.CheckConstraint("cardinality(points) <= 20", name=op.f("ck_ground_rules_points")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "group_id"],
            ["self_help_group.organisation_id", "self_help_group.id"],
            name="fk_ground_rules_group",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_ground_rules")),
        sa.UniqueConstraint("organisation_id", "group_id", "id", name="uq_ground_rules_group"),
    )
    op.create_index(
        "ix_ground_rules_by_group", "ground_rules", ["organisation_id", "group_id", "drafted_at", "id"]
    )
    op.create_table(
        "member_leave",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_member_leave_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "group_id", "membership_id"],
            ["membership.organisation_id", "membership.group_id", "membership.id"],
            name="fk_member_leave_membership",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "membership_id", name=op.f("pk_member_leave")),
    )
    for table in TABLES:
        own = f"organisation_id = {ORGANISATION}"
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table} to verksted_app, verksted_tally using ({own}) with check ({own})"
        )
    op.execute("grant select, insert on ground_rules to verksted_app")
    op.execute("grant select, insert, update (starts_at, ends_at), delete on member_leave to verksted_app")
    op.execute("grant select on member_leave to verksted_tally")
    op.add_column("ballot", sa.Column("ground_rules_id", sa.Uuid(), nullable=True))
    op.add_column("ballot", sa.Column("member_id", sa.Uuid(), nullable=True))
    _question(QUESTIONS, LIVE_QUESTIONS)
    for name, condition in (
        ("subject_rules", "(question = 'ground_rules') = (ground_rules_id is not null)"),
        ("subject_member", "(question = 'exclusion') = (member_id is not null)"),
        (
            "all_others",
            "question <> 'exclusion' or (rule in ('unanimous', 'consent_of_all') and quorum_percent = 100)",
        ),
    ):
        op.create_check_constraint(op.f(f"ck_ballot_{name}"), "ballot", condition)
    op.create_foreign_key(
        "fk_ballot_ground_rules",
        "ballot",
        "ground_rules",
        ["organisation_id", "group_id", "ground_rules_id"],
        ["organisation_id", "group_id", "id"],
    )
    op.create_foreign_key(
        "fk_ballot_member",
        "ballot",
        "membership",
        ["organisation_id", "group_id", "member_id"],
        ["organisation_id", "group_id", "id"],
    )
    op.create_unique_constraint(
        "uq_ballot_member", "ballot", ["organisation_id", "group_id", "id", "member_id"]
    )
    op.create_index(
        "uq_ballot_live_member",
        "ballot",
        ["organisation_id", "member_id"],
        unique=True,
        postgresql_where=sa.text(f"member_id is not null and {LIVE}"),
    )
    op.add_column("ballot_outcome", sa.Column("member_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_ballot_outcome_member",
        "ballot_outcome",
        "ballot",
        ["organisation_id", "group_id", "ballot_id", "member_id"],
        ["organisation_id", "group_id", "id", "member_id"],
    )
    op.create_unique_constraint(
        "uq_ballot_outcome_member",
        "ballot_outcome",
        ["organisation_id", "group_id", "ballot_id", "member_id", "verdict"],
    )
    op.add_column("membership", sa.Column("excluded_by", sa.Uuid(), nullable=True))
    op.add_column("membership", sa.Column("excluded_verdict", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_membership_excluded_by_all"),
        "membership",
        "(excluded_by is null) = (excluded_verdict is null)"
        " and (excluded_by is null or (excluded_verdict = 'adopted' and left_at is not null))",
    )
    op.create_foreign_key(
        "fk_membership_exclusion",
        "membership",
        "ballot_outcome",
        ["organisation_id", "group_id", "excluded_by", "id", "excluded_verdict"],
        ["organisation_id", "group_id", "ballot_id", "member_id", "verdict"],
    )
    op.execute("grant update (left_at, excluded_by, excluded_verdict) on membership to verksted_tally")
    op.execute("grant update (dropped_at) on ballot_roll to verksted_tally")
    op.execute(ONE_SELF)
    op.execute(
        "create trigger left_by_oneself before update of left_at on membership for each row"
        " when (old.left_at is null and new.left_at is not null) execute function refuse_removal()"
    )


def downgrade() -> None:
    op.execute("drop trigger left_by_oneself on membership")
    op.execute("drop function refuse_removal()")
    op.execute("revoke update (dropped_at) on ballot_roll from verksted_tally")
    op.execute("revoke update (left_at, excluded_by, excluded_verdict) on membership from verksted_tally")
    op.drop_constraint("fk_membership_exclusion", "membership", type_="foreignkey")
    op.drop_constraint(op.f("ck_membership_excluded_by_all"), "membership", type_="check")
    op.drop_column("membership", "excluded_verdict")
    op.drop_column("membership", "excluded_by")
    op.drop_constraint("uq_ballot_outcome_member", "ballot_outcome", type_="unique")
    op.drop_constraint("fk_ballot_outcome_member", "ballot_outcome", type_="foreignkey")
    op.drop_column("ballot_outcome", "member_id")
    op.drop_index("uq_ballot_live_member", table_name="ballot")
    op.drop_constraint("uq_ballot_member", "ballot", type_="unique")
    op.drop_constraint("fk_ballot_member", "ballot", type_="foreignkey")
    op.drop_constraint("fk_ballot_ground_rules", "ballot", type_="foreignkey")
    for name in ("all_others", "subject_member", "subject_rules"):
        op.drop_constraint(op.f(f"ck_ballot_{name}"), "ballot", type_="check")
    _question(OLD_QUESTIONS, OLD_LIVE)
    op.drop_column("ballot", "member_id")
    op.drop_column("ballot", "ground_rules_id")
    for table in reversed(TABLES):
        op.execute(f"revoke all on {table} from verksted_app, verksted_tally")
        op.drop_table(table)
