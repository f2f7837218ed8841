"""Read a system's account."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import SystemId, organisation_of
from app.services.ports.transaction import Transact
from app.services.systems.ports import SystemsUnitOfWork
from app.services.systems.staff import seen
from app.services.systems.views import SystemAccountView


@dataclass(frozen=True, slots=True)
class ReadSystem:
    """Read the account of a system of your organisation."""

    transact: Transact[SystemsUnitOfWork]

    async def __call__(self, actor: Actor, system_id: SystemId) -> SystemAccountView:
        person = actor.person_id

        async def work(tx: SystemsUnitOfWork) -> SystemAccountView:
            return SystemAccountView.of(await seen(tx, system_id, person), tx.now)

        return await self.transact.read(actor, organisation_of(system_id), work)
