"""who has gone: what was decided stays, without whom it was about; and the role that erases

Fits the code that runs while it runs: nobody has gone yet, and it writes no row without a person. The role
`verksted_eraser` is made by `verksted migrate` before it migrates. Going down again is possible as long as nobody has been
erased: afterwards the rows that stand for nobody would have to stand for somebody.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PERSON = "(select current_setting('app.person', true)::uuid)"
WHOSE = {"placement": "person_id", "membership": "person_id", "application": "applicant_id"}
"""The columns by which rows lead to a person, and may cease to."""
UNLINKED = {**WHOSE, "ballot": "applicant_id", "ballot_outcome": "applicant_id", "starter_assignment": "person_id"}
ANSWERED = "num_nonnulls(accepted_at, declined_at, withdrawn_at) = 1"
SUBJECT = "(question = 'admission') = (application_id is not null) and "
BEFORE = SUBJECT + "(application_id is null) = (applicant_id is null)"
AFTER = (
    SUBJECT + "(applicant_id is null or application_id is not null) and (applicant_id is not null or application_id"
    " is null or num_nonnulls(withdrawn_at, voided_at, counted_at) = 1)"
)
GONE = (
    "absence_notice", "assessment", "assessment_conflict", "assessment_text", "attendance", "consent", "contact", "convenor",
    "course_sign_up", "declaration", "envelope", "intake_outcome", "intake_reading", "interest", "member_leave", "outbox",
    "recommendation", "registration", "role_grant", "seat", "staff_declaration", "starter_message", "volunteer",
    "waiting", "person", "affiliation", "idempotency", "identity",
)  # fmt: skip
READ = (
    "application", "ballot", "ballot_outcome", "ballot_roll", "course", "course_milestone", "exit_version", "generation",
    "ground_rules", "intake_criteria", "meeting", "meeting_agenda", "meeting_series", "membership", "organisation",
    "placement", "policy", "published_statistics", "recommendation_code", "self_help_group", "starter_assignment",
    "starter_visit", "system_account", "training_entry", "volunteer_criteria",
    *(each for each in GONE if each not in ("envelope", "outbox")),
)  # fmt: skip
GRANTS = (
    *(f"grant select on {table} to verksted_eraser" for table in READ),
    *(f"grant delete on {table} to verksted_eraser" for table in GONE),
    "grant select (organisation_id, ballot_id, membership_id) on envelope to verksted_eraser",
    "grant select, insert on outbox to verksted_eraser",
    "grant insert on exit_version to verksted_eraser",
    "grant update (person_id, alias, left_at) on membership to verksted_eraser",
    "grant update (person_id, withdrawn_at) on placement to verksted_eraser",
    "grant update (applicant_id, alias, introduction, introduction_sealed, known_as, known_as_sealed, withdrawn_at,"
    " declined_at, entered_at) on application to verksted_eraser",
    "grant update (applicant_id, withdrawn_at, voided_at) on ballot to verksted_eraser",
    "grant update (applicant_id, offer_expires_at) on ballot_outcome to verksted_eraser",
    "grant update (has_voted, dropped_at) on ballot_roll to verksted_eraser",
    "grant update (person_id, follow_up_on) on starter_assignment to verksted_eraser",
    "grant update (withdrawn_at) on starter_visit to verksted_eraser",
    "grant update (interviewer_id, starts_at, form, place, version) on assessment to verksted_eraser",
    "grant update (partner_id, partner_code_sha256, partner_code_expires_at) on volunteer to verksted_eraser",
    # No more than a lock asks for.
    "grant update (version) on self_help_group to verksted_eraser",
    "grant update (registered_at) on registration to verksted_eraser",
    "grant update (version) on person to verksted_eraser",
    "grant select, insert, delete on erasure to verksted_eraser",
)
NOBODY = """
create function refuse_nobody() returns trigger language plpgsql as $$
begin
  raise exception 'whoever comes in is somebody (A-01, A-07)'
    using errcode = 'check_violation', constraint = 'somebody_comes';
end $$"""
RELINKING = """
create function refuse_relinking() returns trigger language plpgsql as $$
declare
  column_name constant text := tg_argv[0];
  was constant text := to_jsonb(old) ->> column_name;
begin
  if to_jsonb(new) ->> column_name is not null or was is distinct from current_setting('app.person', true) then
    raise exception 'a row ceases to be somebody''s by their own erasure, and becomes nobody else''s'
      using errcode = 'check_violation', constraint = 'unlinked_by_oneself';
  end if;
  return new;
end $$"""


def _policies(*, beside: tuple[str, ...]) -> None:
    """The eraser stands behind the very walls that the service stands behind: one organisation, or one person."""
    tables = ", ".join(f"'{table}'" for table in sorted({*READ, *GONE} - {"identity"}))
    roles = "".join(f" || ', {role}'" for role in beside)
    # In SQL, so that the migrations can be read as a script, too.
    op.execute(
        "do $$ declare wall record; begin for wall in"
        " select tablename, policyname,"
        " array_to_string(array(select r from unnest(roles) r where r <> 'verksted_eraser'), ', ') as others"
        " from pg_policies where schemaname = 'public' and 'verksted_app' = any(roles)"
        f" and tablename in ({tables}) order by 1, 2"
        f" loop execute format('alter policy %I on %I to ', wall.policyname, wall.tablename) || wall.others{roles};"
        " end loop; end $$"
    )


def upgrade() -> None:
    for table, column in WHOSE.items():
        op.alter_column(table, column, nullable=True)
    op.create_check_constraint(op.f("ck_placement_somebodys"), "placement", f"person_id is not null or {ANSWERED}")
    op.create_check_constraint(op.f("ck_membership_somebodys"), "membership", "person_id is not null or left_at is not null")
    _subject(AFTER)
    op.create_table(
        "erasure",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_erasure")),
    )
    op.execute("alter table erasure enable row level security")
    op.execute("alter table erasure force row level security")
    op.execute("create policy finished on erasure to verksted_eraser using (true) with check (true)")
    op.execute(
        f"create policy ones_own on identity to verksted_eraser using (person_id = {PERSON})"
        f" with check (person_id = {PERSON})"
    )
    op.create_index("ix_identity_person", "identity", ["person_id"])
    _policies(beside=("verksted_eraser",))
    for granted in GRANTS:
        op.execute(granted)
    op.execute(NOBODY)
    op.execute(RELINKING)
    for table, column in WHOSE.items():
        op.execute(
            f"create trigger somebody_comes before insert on {table} for each row when (new.{column} is null)"
            " execute function refuse_nobody()"
        )
    for table, column in UNLINKED.items():
        op.execute(
            f"create trigger unlinked_by_oneself before update of {column} on {table} for each row"
            f" when (old.{column} is distinct from new.{column}) execute function refuse_relinking('{column}')"
        )


def _subject(condition: str) -> None:
    op.drop_constraint(op.f("ck_ballot_subject"), "ballot", type_="check")
    op.create_check_constraint(op.f("ck_ballot_subject"), "ballot", condition)


def downgrade() -> None:
    for table in UNLINKED:
        op.execute(f"drop trigger unlinked_by_oneself on {table}")
    for table in WHOSE:
        op.execute(f"drop trigger somebody_comes on {table}")
    op.execute("drop function refuse_relinking()")
    op.execute("drop function refuse_nobody()")
    op.execute("revoke all on all tables in schema public from verksted_eraser")
    _policies(beside=())
    op.execute("drop policy ones_own on identity")
    op.drop_index("ix_identity_person", table_name="identity")
    op.drop_table("erasure")
    _subject(BEFORE)
    op.drop_constraint(op.f("ck_membership_somebodys"), "membership", type_="check")
    op.drop_constraint(op.f("ck_placement_somebodys"), "placement", type_="check")
    for table, column in WHOSE.items():
        op.alter_column(table, column, nullable=False)
