"""A first meeting is settled for a day on which everybody who has accepted a place may begin (I-01, I-02)."""

from datetime import datetime

from app.domain.intake.outcome import require_outcomes_at
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.ids import GroupId
from app.services.meetings.ports import MeetingsUnitOfWork


async def require_intake_at(tx: MeetingsUnitOfWork, group: GroupId, starts_at: datetime) -> None:
    """Refuse an instant at which an outcome of somebody who has accepted doesn't hold. The group is locked by then."""
    mode = (await tx.policies.holding(tx.now)).settings.intake_mode
    latest = await tx.intake_outcomes.of_members(group)
    require_outcomes_at(latest, starts_at, mode is IntakeMode.CONVERSATION_REQUIRED)
