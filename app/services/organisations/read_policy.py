"""Look at an organisation's policy."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import PolicyView
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """See the policy that holds, or held, or will hold, at an instant (default: now). Public."""

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, as_of: datetime | None = None
    ) -> PolicyView:
        async def work(tx: OrganisationsUnitOfWork) -> PolicyView:
            moment = as_of if as_of is not None else await tx.read_clock()
            newest = await tx.policies.newest()
            return PolicyView.of(await tx.policies.holding(moment), newest.version)

        return await self.transact.read(actor, organisation_id, work, door=Door.PUBLIC)
