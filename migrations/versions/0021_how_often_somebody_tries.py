"""how often somebody tries: the count of attempts where guessing could pay, for all replicas together

Fits the code that runs while it runs: the table is new. It belongs to no organisation and to no person: nobody is logged in
who shows a token that isn't good, and a code is tried before it is known whose it is. So its policy lets the service's role at
every row; what keeps it from telling anything is that there is nothing in it but a keyed hash and a time that is soon over.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("who_hash", sa.LargeBinary(), nullable=False),
        sa.Column("whole_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("who_hash", name=op.f("pk_attempt")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_attempt_whole", "attempt", ["whole_at"])
    op.execute("alter table attempt enable row level security")
    op.execute("alter table attempt force row level security")
    op.execute("create policy everybody on attempt to verksted_app using (true) with check (true)")
    op.execute("grant select, insert, update (whole_at), delete on attempt to verksted_app")


def downgrade() -> None:
    op.drop_table("attempt")
