"""Whether somebody's intake allows a place in a group, as of its first meeting (I-01, I-07)."""

from app.domain.groups.group import Group
from app.domain.intake.outcome import require_group_outcome
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.ids import PersonId
from app.services.groups.ports import GroupsUnitOfWork


async def require_intake(tx: GroupsUnitOfWork, group: Group, person: PersonId) -> None:
    """Refuse whoever has no outcome that holds at the first meeting, or now as long as none is fixed."""
    settings = (await tx.policies.holding(tx.now)).settings
    require_group_outcome(
        await tx.intake_outcomes.latest(person),
        group.first_meeting_at or tx.now,
        settings.intake_mode is IntakeMode.CONVERSATION_REQUIRED,
    )
