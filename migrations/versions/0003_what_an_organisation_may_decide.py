"""what an organisation may decide: settings for starters, training, intake and dormancy

Fits the code that runs while it runs: versions that are there get the shipped values.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SETTINGS: dict[str, int | bool] = {
    "starter_default_meetings": 3,
    "starter_max_meetings": 6,
    "starter_max_days": 183,
    "follow_up_after_meetings": 4,
    "supervision_every_days": 183,
    "course_every_days": 730,
    "network_meeting_every_days": 365,
    "renewal_window_days": 60,
    "dormant_after_days": 42,
    "recommendation_days": 60,
    "interest_days": 365,
    "assessment_text_days": 90,
    "appointment_no_show_days": 30,
    "suspend_starter_on_lapse": False,
}


def upgrade() -> None:
    for name, shipped in SETTINGS.items():
        kind: sa.types.TypeEngine[int] | sa.types.TypeEngine[bool]
        kind = sa.Boolean() if isinstance(shipped, bool) else sa.Integer()
        op.add_column(
            "policy", sa.Column(name, kind, nullable=False, server_default=str(shipped).lower())
        )
        op.alter_column("policy", name, server_default=None)


def downgrade() -> None:
    for name in reversed(SETTINGS):
        op.drop_column("policy", name)
