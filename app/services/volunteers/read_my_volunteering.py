"""Look at one's own record."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.showing import show
from app.services.volunteers.views import VolunteerView


@dataclass(frozen=True, slots=True)
class ReadMyVolunteering:
    """See what your training amounts to, now or as of another instant: what is missing, and until when the rest holds."""

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, as_of: datetime | None = None
    ) -> VolunteerView:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> VolunteerView:
            return await show(tx, actor, person, self.words, as_of)

        return await self.transact.read(actor, organisation_id, work)
