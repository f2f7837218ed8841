"""what people put right: their alias, the words of an application that nobody is asked about yet, a remark of their own

Fits the code that runs while it runs: it changes none of these, and writes no remark.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS = "introduction, introduction_sealed, known_as, known_as_sealed"
STAND = """
create function refuse_rewording() returns trigger language plpgsql as $$
begin
  if exists (select from public.ballot b
      where b.organisation_id = new.organisation_id and b.application_id = new.id
        and num_nonnulls(b.withdrawn_at, b.voided_at, b.counted_at) = 0) then
    raise exception 'members decide on what they have read'
      using errcode = 'check_violation', constraint = 'words_stand';
  end if;
  return new;
end $$"""
"""The owner, who seals anew what is there, sees no ballots: for it, nothing is refused and no word changes."""


def upgrade() -> None:
    op.execute("grant update (alias) on membership to verksted_app")
    op.execute(f"grant update (alias, {WORDS}) on application to verksted_app")
    op.execute(STAND)
    op.execute(
        f"create trigger words_stand before update of alias, {WORDS} on application"
        " for each row execute function refuse_rewording()"
    )
    op.drop_constraint(op.f("ck_assessment_text_kind"), "assessment_text", type_="check")
    op.create_check_constraint(
        op.f("ck_assessment_text_kind"), "assessment_text", "kind in ('own_words', 'note', 'points', 'remark')"
    )


def downgrade() -> None:
    op.execute("alter table assessment_text no force row level security")
    op.execute("delete from assessment_text where kind = 'remark'")
    op.execute("alter table assessment_text force row level security")
    op.drop_constraint(op.f("ck_assessment_text_kind"), "assessment_text", type_="check")
    op.create_check_constraint(
        op.f("ck_assessment_text_kind"), "assessment_text", "kind in ('own_words', 'note', 'points')"
    )
    op.execute("drop trigger words_stand on application")
    op.execute("drop function refuse_rewording()")
    op.execute(f"revoke update (alias, {WORDS}) on application from verksted_app")
    op.execute("revoke update (alias) on membership from verksted_app")
