"""Come back."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.training_record import EntryContent, EntryKind
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.adding import add_entry
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.showing import show
from app.services.volunteers.views import VolunteerView


@dataclass(frozen=True, slots=True)
class ReturnAsVolunteer:
    """Come back as a volunteer. What you have been trained in counts as far as it still holds."""

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> VolunteerView:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> VolunteerView:
            await tx.volunteers.lock(person)
            content = EntryContent(kind=EntryKind.RETURN, happened_at=tx.now)
            await add_entry(tx, person, organisation_id, person, content)
            return await show(tx, actor, person, self.words, tx.now)

        return await self.transact.write(actor, organisation_id, work, answer=VolunteerView)
