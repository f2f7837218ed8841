"""Find an organisation."""

from dataclasses import dataclass

from app.domain.organisations.organisation import Country
from app.domain.shared.actor import Actor
from app.domain.shared.ids import NOBODY, OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.views import OrganisationView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class ListOrganisations:
    """Look through the public directory of organisations, by name."""

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self, actor: Actor, page: PageRequest, country: Country | None = None
    ) -> Page[OrganisationView]:
        async def work(tx: OrganisationsUnitOfWork) -> Page[OrganisationView]:
            return await tx.organisation_reads.directory(page, await tx.read_clock(), country=country)

        return await self.transact.read(actor, OrganisationId(NOBODY), work, door=Door.PUBLIC)
