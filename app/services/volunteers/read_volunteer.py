"""Look at a volunteer."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.showing import show
from app.services.volunteers.staff import require_coordinator
from app.services.volunteers.views import VolunteerView


@dataclass(frozen=True, slots=True)
class ReadVolunteer:
    """See what a volunteer's training amounts to, now or as of another instant. For coordinators."""

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        person_id: PersonId,
        as_of: datetime | None = None,
    ) -> VolunteerView:
        coordinator = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> VolunteerView:
            await require_coordinator(tx, coordinator)
            return await show(tx, actor, person_id, self.words, as_of)

        return await self.transact.read(actor, organisation_id, work)
