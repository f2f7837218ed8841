"""a longer stay by ballot alone: no version lengthens a starter's stay without the group's adopted ballot on that question

Fits the code that runs while it runs: nothing writes such a version yet.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("""
create function refuse_stay_without_ballot() returns trigger language plpgsql as $$
begin
  if not exists (select from public.ballot_outcome o
      join public.ballot b on b.organisation_id = o.organisation_id and b.id = o.ballot_id
      where o.organisation_id = new.organisation_id and o.group_id = new.group_id and o.ballot_id = new.ballot_id
        and o.verdict = 'adopted' and b.question = 'longer_stay') then
    raise exception 'a stay becomes longer by an adopted ballot on that question alone (X-06, T1)'
      using errcode = 'check_violation', constraint = 'longer_by_ballot';
  end if;
  return new;
end $$""")
    op.execute(
        "create trigger longer_by_ballot before insert on exit_version for each row"
        " when (new.step = 'extended') execute function refuse_stay_without_ballot()"
    )


def downgrade() -> None:
    op.execute("drop trigger longer_by_ballot on exit_version")
    op.execute("drop function refuse_stay_without_ballot()")
