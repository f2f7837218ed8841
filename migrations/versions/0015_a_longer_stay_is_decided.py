"""a longer stay is decided: the question with its subject, and the one version that the role that counts may add for it

Fits the code that runs while it runs: what is added may be missing, nothing writes such a version yet, and what is checked
anew holds for all that is there.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LIVE = "counted_at is null and voided_at is null and withdrawn_at is null"
OLD_QUESTIONS = "question in ('open_for_new_people', 'admission', 'end_date', 'ground_rules', 'exclusion')"
QUESTIONS = (
    "question in ('open_for_new_people', 'admission', 'end_date', 'ground_rules', 'exclusion', 'longer_stay')"
)
CHECKS = (
    ("subject_stay", "(question = 'longer_stay') = (assignment_id is not null)"),
    (
        "longer_stay",
        "(num_nonnulls(latest_date, max_meetings) > 0) = (assignment_id is not null)"
        " and (latest_date is null) = (latest_until is null)",
    ),
    ("max_meetings", "max_meetings between 1 and 12"),
)
COLUMNS = (
    ("assignment_id", sa.Uuid()),
    ("latest_date", sa.Date()),
    ("latest_until", sa.DateTime(timezone=True)),
    ("max_meetings", sa.Integer()),
)
# The limit is what was adopted, and where that names nothing, what held before (X-06, T1).
AS_ADOPTED = """
create or replace function refuse_stay_without_ballot() returns trigger language plpgsql as $$
begin
  if not exists (select from public.ballot_outcome o
      join public.ballot b on b.organisation_id = o.organisation_id and b.id = o.ballot_id
      join public.exit_version e on e.organisation_id = new.organisation_id and e.assignment_id = new.assignment_id
        and e.number = new.number - 1
      where o.organisation_id = new.organisation_id and o.group_id = new.group_id and o.ballot_id = new.ballot_id
        and o.verdict = 'adopted' and b.question = 'longer_stay' and b.assignment_id = new.assignment_id
        and new.latest_date is not distinct from coalesce(b.latest_date, e.latest_date)
        and new.until is not distinct from coalesce(b.latest_until, e.until)
        and new.max_meetings is not distinct from coalesce(b.max_meetings, e.max_meetings)) then
    raise exception 'a stay becomes longer by an adopted ballot on that question alone (X-06, T1)'
      using errcode = 'check_violation', constraint = 'longer_by_ballot';
  end if;
  return new;
end $$
"""
BY_ANY_BALLOT = """
create or replace function refuse_stay_without_ballot() returns trigger language plpgsql as $$
begin
  if not exists (select from public.ballot_outcome o
      join public.ballot b on b.organisation_id = o.organisation_id and b.id = o.ballot_id
      where o.organisation_id = new.organisation_id and o.group_id = new.group_id and o.ballot_id = new.ballot_id
        and o.verdict = 'adopted' and b.question = 'longer_stay') then
    raise exception 'a stay becomes longer by an adopted ballot on that question alone (X-06, T1)'
      using errcode = 'check_violation', constraint = 'longer_by_ballot';
  end if;
  return new;
end $$
"""
GRANTS = (
    "select (organisation_id, group_id, id, line_id, assigned_at, counts_from, policy_version, ceiling_meetings,"
    " ceiling_until, replaces_id) on starter_assignment",
    "select, insert on exit_version",
    "select (minutes, not_held_at) on meeting",
)


def _question(condition: str) -> None:
    op.drop_constraint(op.f("ck_ballot_question"), "ballot", type_="check")
    op.create_check_constraint(op.f("ck_ballot_question"), "ballot", condition)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("ballot", sa.Column(name, kind, nullable=True))
    _question(QUESTIONS)
    for name, condition in CHECKS:
        op.create_check_constraint(op.f(f"ck_ballot_{name}"), "ballot", condition)
    op.create_foreign_key(
        "fk_ballot_assignment",
        "ballot",
        "starter_assignment",
        ["organisation_id", "group_id", "assignment_id"],
        ["organisation_id", "group_id", "id"],
    )
    op.create_index(
        "uq_ballot_live_stay",
        "ballot",
        ["organisation_id", "assignment_id"],
        unique=True,
        postgresql_where=sa.text(f"assignment_id is not null and {LIVE}"),
    )
    op.execute(AS_ADOPTED)
    for granted in GRANTS:
        op.execute(f"grant {granted} to verksted_tally")
    # A longer stay is written by the role that counts, and nothing else is; every other version by the service.
    op.execute(
        "create policy decided on exit_version as restrictive for insert to verksted_tally"
        " with check (step = 'extended')"
    )
    op.execute(
        "create policy agreed on exit_version as restrictive for insert to verksted_app"
        " with check (step <> 'extended')"
    )


def downgrade() -> None:
    op.execute("drop policy agreed on exit_version")
    op.execute("drop policy decided on exit_version")
    for granted in GRANTS:
        op.execute(f"revoke {granted} from verksted_tally")
    op.execute(BY_ANY_BALLOT)
    op.drop_index("uq_ballot_live_stay", table_name="ballot")
    op.drop_constraint("fk_ballot_assignment", "ballot", type_="foreignkey")
    for name, _ in reversed(CHECKS):
        op.drop_constraint(op.f(f"ck_ballot_{name}"), "ballot", type_="check")
    _question(OLD_QUESTIONS)
    for name, _ in reversed(COLUMNS):
        op.drop_column("ballot", name)
