"""Look ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.shared.actor import Actor
from app.domain.shared.errors import Invalid
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.qualification import VolunteerStatus
from app.services.ports.paging import Page, PageRequest
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.picking import pick
from app.services.volunteers.ports import VolunteerFacts, VolunteersUnitOfWork
from app.services.volunteers.staff import require_coordinator
from app.services.volunteers.views import VolunteerOutlookView

USUAL_SPAN = timedelta(days=92)
LONGEST_SPAN = timedelta(days=366)


class OutlookChoice(StrEnum):
    """Whom to show."""

    CAN_START = "can_start"
    """Who can be given a group on any day of the span."""
    RUNS_OUT = "runs_out"
    """For whom something is due for renewal, or runs out within the span."""


@dataclass(frozen=True, slots=True)
class ListOutlook:
    """Look ahead: who may start a group in the next quarter (or another span), and whose course or supervision runs out.

    Reckoned with what is recorded now and the policies that are adopted now. Who has resigned isn't shown; a page can be
    shorter than asked for, and still have another after it. For coordinators.
    """

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        page: PageRequest,
        begins: datetime | None = None,
        ends: datetime | None = None,
        only: OutlookChoice | None = None,
    ) -> Page[VolunteerOutlookView]:
        coordinator = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> Page[VolunteerOutlookView]:
            await require_coordinator(tx, coordinator)
            start = begins if begins is not None else await tx.read_clock()
            end = ends if ends is not None else start + USUAL_SPAN
            if not timedelta() < end - start <= LONGEST_SPAN:
                raise Invalid("/ends")
            policies = await tx.volunteer_reads.policies(start)

            def look(facts: VolunteerFacts) -> VolunteerOutlookView | None:
                view = VolunteerOutlookView.of(facts, policies, start, end, self.words, actor.mark.language)
                return view if _belongs(view, only) else None

            return await pick(tx, page, look, everybody=False)

        return await self.transact.read(actor, organisation_id, work)


def _belongs(view: VolunteerOutlookView, only: OutlookChoice | None) -> bool:
    if view.status is VolunteerStatus.RESIGNED:
        return False
    if only is OutlookChoice.CAN_START:
        return view.can_start_throughout
    return only is None or bool(view.runs_out)
