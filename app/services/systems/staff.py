"""Who looks after systems: the organisation's administrators."""

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import PersonId, SystemId
from app.domain.systems.account import SystemAccount
from app.domain.systems.errors import SystemNotFound
from app.services.systems.ports import SystemsUnitOfWork


async def require_administrator(tx: SystemsUnitOfWork, person: PersonId) -> None:
    """Refuse everybody else."""
    if Role.ADMINISTRATOR not in await tx.roles.of(person):
        raise NotStaff


async def seen(
    tx: SystemsUnitOfWork, system_id: SystemId, person: PersonId, *, lock: bool = False
) -> SystemAccount:
    """An account, for an administrator; to all others it isn't there."""
    account = await (tx.system_accounts.lock if lock else tx.system_accounts.get)(system_id)
    if Role.ADMINISTRATOR not in await tx.roles.of(person):
        raise SystemNotFound
    return account


async def note(tx: SystemsUnitOfWork, actor: Actor, deed: Deed, system: SystemId) -> None:
    """Write down what an administrator has done with an account; it is about no person."""
    done = Access(
        deed=deed,
        data=AccessedData.SERVICE_ACCOUNT,
        acting_as=ActingAs.ADMINISTRATOR,
        purpose=AccessPurpose.ADMINISTRATION,
        row=system,
    )
    await tx.access_log.note(actor, done)
