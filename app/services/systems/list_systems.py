"""Look through systems."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact
from app.services.systems.ports import SystemsUnitOfWork
from app.services.systems.staff import require_administrator
from app.services.systems.views import SystemAccountView


@dataclass(frozen=True, slots=True)
class ListSystems:
    """See which systems have an account with your organisation, what they may do, and when each was last used."""

    transact: Transact[SystemsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest
    ) -> Page[SystemAccountView]:
        person = actor.person_id

        async def work(tx: SystemsUnitOfWork) -> Page[SystemAccountView]:
            await require_administrator(tx, person)
            now = await tx.read_clock()
            found = await tx.system_reads.page(page)
            return Page(items=[SystemAccountView.of(each, now) for each in found.items], after=found.after)

        return await self.transact.read(actor, organisation_id, work)
