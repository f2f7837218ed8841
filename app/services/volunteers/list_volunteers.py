"""Look through the volunteers."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.qualification import VolunteerStatus, qualification
from app.services.ports.paging import Page, PageRequest
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.picking import pick
from app.services.volunteers.ports import VolunteerFacts, VolunteersUnitOfWork
from app.services.volunteers.staff import require_coordinator
from app.services.volunteers.views import VolunteerView


@dataclass(frozen=True, slots=True)
class ListVolunteers:
    """List your organisation's volunteers, those first who offered last, with what their training amounts to.

    `status` picks those who have it as of that instant; as a status is computed, such a page can be shorter than asked
    for, and still have another after it. For coordinators.
    """

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        page: PageRequest,
        status: VolunteerStatus | None = None,
        as_of: datetime | None = None,
    ) -> Page[VolunteerView]:
        coordinator = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> Page[VolunteerView]:
            await require_coordinator(tx, coordinator)
            moment = as_of if as_of is not None else await tx.read_clock()
            policies = await tx.volunteer_reads.policies(moment)

            def look(facts: VolunteerFacts) -> VolunteerView | None:
                found = qualification(facts.record, policies, moment)
                if status is not None and found.status is not status:
                    return None
                return VolunteerView.of(
                    facts,
                    found,
                    self.words,
                    actor.mark.language,
                    own=facts.volunteer.person_id == coordinator,
                )

            return await pick(tx, page, look, everybody=status is None)

        return await self.transact.read(actor, organisation_id, work)
