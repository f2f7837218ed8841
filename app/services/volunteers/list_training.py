"""Look through a volunteer's record."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.staff import require_coordinator
from app.services.volunteers.views import TrainingEntryView


@dataclass(frozen=True, slots=True)
class ListTraining:
    """See every entry of a volunteer's training record, the last one written down first. For coordinators."""

    transact: Transact[VolunteersUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, person_id: PersonId, page: PageRequest
    ) -> Page[TrainingEntryView]:
        coordinator = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> Page[TrainingEntryView]:
            await require_coordinator(tx, coordinator)
            await tx.volunteer_reads.require(person_id)
            found = await tx.volunteer_reads.entries(person_id, page)
            return Page(items=[TrainingEntryView.of(each) for each in found.items], after=found.after)

        return await self.transact.read(actor, organisation_id, work)
