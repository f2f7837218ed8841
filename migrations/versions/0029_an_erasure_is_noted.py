"""an erasure is noted: the role that erases adds its entry to the log of accesses, in the very transaction

Fits the code that runs while it runs: it notes no erasures.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WRITTEN = (
    "organisation_id, id, actor_id, client, consumer, supplier, acting_as, deed, data, row_id, subject_id, purpose, ended,"
    " request_id, occurred_at"
)


def upgrade() -> None:
    for table in ("audit_entry", "audit_waiting"):
        op.execute(f"alter policy written on {table} to verksted_app, verksted_eraser")
    op.execute(f"grant insert ({WRITTEN}) on audit_entry to verksted_eraser")
    op.execute("grant insert on audit_waiting to verksted_eraser")


def downgrade() -> None:
    op.execute("revoke insert on audit_waiting from verksted_eraser")
    op.execute(f"revoke insert ({WRITTEN}) on audit_entry from verksted_eraser")
    for table in ("audit_entry", "audit_waiting"):
        op.execute(f"alter policy written on {table} to verksted_app")
