"""deliveries: the attempts that were made before somebody had it tried anew

Fits the code that runs while it runs: who doesn't know of the column leaves it at 0.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0044"
down_revision: str | None = "0041"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "webhook_delivery", sa.Column("attempts_before", sa.Integer(), server_default="0", nullable=False)
    )
    op.execute("grant update (attempts_before) on webhook_delivery to verksted_app")


def downgrade() -> None:
    op.drop_column("webhook_delivery", "attempts_before")
