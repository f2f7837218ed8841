"""Change or renew a system's account."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.audit.entry import Deed
from app.domain.people.national_id import refuse_national_id_in_words
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.events import Event
from app.domain.shared.ids import SystemId, organisation_of
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import LoginUnclear
from app.services.ports.transaction import Transact
from app.services.systems.ports import SystemsUnitOfWork
from app.services.systems.staff import note, seen
from app.services.systems.views import SystemAccountView


@dataclass(frozen=True, slots=True)
class ChangeSystem:
    """Change what a system may do, or renew its account. Whose it is stays: another system gets another account (P-h5)."""

    transact: Transact[SystemsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        system_id: SystemId,
        version: int,
        name: str,
        purpose: str,
        scopes: list[SystemScope],
        expires_at: datetime,
        suppliers: list[str] | None = None,
    ) -> SystemAccountView:
        person = actor.person_id

        async def work(tx: SystemsUnitOfWork) -> SystemAccountView:
            account = await seen(tx, system_id, person, lock=True)
            account.require_not_revoked()
            if account.version != version:
                raise Stale
            refuse_national_id_in_words(name, "/name")
            refuse_national_id_in_words(purpose, "/purpose")
            if suppliers and account.consumer is None:
                raise LoginUnclear("/suppliers")
            account.name, account.purpose, account.expires_at = name, purpose, expires_at
            account.scopes = tuple(sorted(set(scopes)))
            account.suppliers = tuple(sorted(set(suppliers or ())))
            account.require_suppliers()
            account.require_time(tx.now)
            await tx.system_accounts.save(account)
            await note(tx, actor, Deed.CHANGED, account.id)
            tx.emit(Event("system.changed", account.id, {"system": account.id}))
            return SystemAccountView.of(account, tx.now)

        return await self.transact.write(actor, organisation_of(system_id), work, answer=SystemAccountView)
