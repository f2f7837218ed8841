"""Look whether one has an address for the calendar of one group."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import SEES_MEETINGS
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.calendar_ports import CalendarUnitOfWork
from app.services.meetings.calendar_views import CalendarStateView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadGroupCalendar:
    """See whether you have an address for the calendar of this group, and since when. Nobody else in the group sees it."""

    transact: Transact[CalendarUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> CalendarStateView:
        person = actor.person_id

        async def work(tx: CalendarUnitOfWork) -> CalendarStateView:
            seen = await tx.standings.look(group_id, person)
            if seen.standing not in SEES_MEETINGS:
                raise GroupNotFound
            found = await tx.calendar_addresses.find(person, group_id)
            holds = found is not None and found.holds_for(seen.membership_id, seen.assignment_id)
            return CalendarStateView(since=found.made_at if found is not None and holds else None)

        return await self.transact.read(actor, organisation_of(group_id), work)
