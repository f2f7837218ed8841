"""Offer to help."""

from dataclasses import dataclass

from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.volunteer import RecruitmentSource, Volunteer
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.showing import show
from app.services.volunteers.views import VolunteerView


@dataclass(frozen=True, slots=True)
class OfferToVolunteer:
    """Offer, yourself, to help an organisation's groups to start. No occupation is asked for: none is needed (V-02).

    What comes next is a conversation with a coordinator (V-01). Offering again changes nothing.
    """

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, recruited_from: RecruitmentSource
    ) -> VolunteerView:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> VolunteerView:
            if not await tx.registrations.has(person):
                raise NotRegistered
            now = await tx.read_clock()
            volunteer = Volunteer(
                organisation_id=organisation_id,
                person_id=person,
                recruited_from=recruited_from,
                offered_at=now,
            )
            if await tx.volunteers.add(volunteer):
                tx.emit(Event("volunteer.offered", person, {"organisation": organisation_id}))
            return await show(tx, actor, person, self.words, now)

        return await self.transact.write(actor, organisation_id, work)
