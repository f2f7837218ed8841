"""proofs that were shown: each proof of possession (DPoP) is good once, at whichever replica

An unlogged table: what it holds is worthless after some minutes, and a crash that empties it lets at most a proof of the
last seconds be shown once more. It belongs to no organisation and no person: a hash and a time.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "shown_proof",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("forget_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("octet_length(digest) = 32", name=op.f("ck_shown_proof_digest")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_shown_proof")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_shown_proof_forget_at", "shown_proof", ["forget_at"])
    op.execute("alter table shown_proof enable row level security")
    op.execute("alter table shown_proof force row level security")
    op.execute("create policy anybodys on shown_proof to verksted_app using (true) with check (true)")
    # `update` of one column is what a lock on a row takes (`for update skip locked`).
    op.execute("grant select, insert, update (forget_at), delete on shown_proof to verksted_app")


def downgrade() -> None:
    op.drop_table("shown_proof")
