"""What am I, as a system?"""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.systems.errors import SystemNotAdmitted
from app.services.ports.transaction import Transact
from app.services.systems.ports import SystemsUnitOfWork
from app.services.systems.views import OwnSystemView


@dataclass(frozen=True, slots=True)
class ReadOwnSystem:
    """See, with a system's own token, which account it has with an organisation, what it may do, and until when."""

    transact: Transact[SystemsUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> OwnSystemView:
        if not actor.is_system:
            raise SystemNotAdmitted

        async def work(tx: SystemsUnitOfWork) -> OwnSystemView:
            account = await tx.system_accounts.admitted()
            if account is None:
                raise SystemNotAdmitted
            return OwnSystemView.of(account, actor.scopes)

        return await self.transact.read(actor, organisation_id, work)
