"""Revoke a system's account."""

from dataclasses import dataclass

from app.domain.audit.entry import Deed
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import SystemId, organisation_of
from app.services.ports.transaction import Transact
from app.services.systems.ports import SystemsUnitOfWork
from app.services.systems.staff import note, seen
from app.services.systems.views import SystemAccountView


@dataclass(frozen=True, slots=True)
class RevokeSystem:
    """Take a system's account away, at once and for good; its next request is refused. Doing it again changes nothing."""

    transact: Transact[SystemsUnitOfWork]

    async def __call__(self, actor: Actor, system_id: SystemId) -> SystemAccountView:
        person = actor.person_id

        async def work(tx: SystemsUnitOfWork) -> SystemAccountView:
            account = await seen(tx, system_id, person, lock=True)
            if account.revoked_at is None:
                account.revoked_at = tx.now
                await tx.system_accounts.save(account)
                await note(tx, actor, Deed.REVOKED, account.id)
                tx.emit(Event("system.revoked", account.id, {"system": account.id}))
            return SystemAccountView.of(account, tx.now)

        return await self.transact.write(actor, organisation_of(system_id), work, answer=SystemAccountView)
