"""Look whether one has an address for one's own calendar."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.meetings.calendar_ports import OwnCalendarUnitOfWork, TransactOwnCalendar
from app.services.meetings.calendar_views import CalendarStateView


@dataclass(frozen=True, slots=True)
class ReadMyCalendar:
    """See whether there is an address for your calendar, and since when. The address itself is shown when it is made."""

    personally: TransactOwnCalendar

    async def __call__(self, actor: Actor) -> CalendarStateView:
        person = actor.person_id

        async def work(tx: OwnCalendarUnitOfWork) -> CalendarStateView:
            found = await tx.calendar_addresses.find(person, None)
            return CalendarStateView(since=None if found is None else found.made_at)

        return await self.personally(actor, work)
