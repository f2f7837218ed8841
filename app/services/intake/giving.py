"""Who may give recommendations, and under which id their receipts stand."""

from uuid import UUID

from app.domain.intake.errors import NotAnInformer
from app.domain.shared.actor import Actor
from app.domain.shared.ids import SystemId
from app.domain.systems.account import SystemScope
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.systems import admitted


async def giver_of(tx: IntakeUnitOfWork, actor: Actor) -> UUID:
    """The giver's id: somebody with a role in the organisation, or a system that is let (R-12)."""
    if actor.is_system:
        return (await admitted(tx, actor, SystemScope.RECOMMENDATIONS_WRITE)).id
    person = actor.person_id
    if not await tx.roles.of(person):
        raise NotAnInformer
    return person


async def givers_of(tx: IntakeUnitOfWork, actor: Actor) -> list[UUID]:
    """The ids under which one's receipts stand: a system's account, and those that it continues under another number."""
    giver = await giver_of(tx, actor)
    return [*await tx.system_accounts.line_of(SystemId(giver))] if actor.is_system else [giver]
