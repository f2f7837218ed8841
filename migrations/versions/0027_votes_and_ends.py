"""lock with the beginning: a ballot's lock, asked for in the round trip that begins a vote's transaction; ends at hand

A list of groups asks of each whether it has set itself an end: few have, and their ballots now stand in an index.

Fits the code that runs while it runs: it asks for the lock by itself.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# A function keeps its plan for the session; planned each time, this statement with its policy costs four times as much.
LOCK_BALLOT = """
create function lock_ballot(of_organisation uuid, ballot_id uuid) returns void
language plpgsql as $$
begin
  perform from public.ballot b where b.organisation_id = of_organisation and b.id = ballot_id for update;
end
$$
"""


def upgrade() -> None:
    op.execute(LOCK_BALLOT)
    op.execute("revoke execute on function lock_ballot(uuid, uuid) from public")
    op.execute("grant execute on function lock_ballot(uuid, uuid) to verksted_app")
    op.create_index(
        "ix_ballot_end_date",
        "ballot",
        ["organisation_id", "group_id"],
        postgresql_where=sa.text("question = 'end_date'"),
    )


def downgrade() -> None:
    op.drop_index("ix_ballot_end_date", "ballot")
    op.execute("drop function lock_ballot(uuid, uuid)")
