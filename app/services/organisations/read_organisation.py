"""Look at an organisation."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import OrganisationView
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class ReadOrganisation:
    """See an organisation's entry in the public directory."""

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> OrganisationView:
        async def work(tx: OrganisationsUnitOfWork) -> OrganisationView:
            organisation = await tx.organisations.get(organisation_id)
            return OrganisationView.of(organisation, await tx.read_clock())

        return await self.transact.read(actor, organisation_id, work, door=Door.PUBLIC)
