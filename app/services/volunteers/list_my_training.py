"""Look through one's own record."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.views import TrainingEntryView


@dataclass(frozen=True, slots=True)
class ListMyTraining:
    """See every entry of your own training record, the last one written down first; those that were corrected, too."""

    transact: Transact[VolunteersUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest
    ) -> Page[TrainingEntryView]:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> Page[TrainingEntryView]:
            await tx.volunteer_reads.require(person)
            found = await tx.volunteer_reads.entries(person, page)
            return Page(items=[TrainingEntryView.of(each) for each in found.items], after=found.after)

        return await self.transact.read(actor, organisation_id, work)
