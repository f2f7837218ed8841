"""Look at one's own calendar."""

from dataclasses import dataclass

from app.domain.meetings.calendar import FALLBACK_LANGUAGE
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.meetings.calendar_entries import entries_in
from app.services.meetings.calendar_ports import (
    CalendarUnitOfWork,
    OwnCalendarUnitOfWork,
    TransactOwnCalendar,
)
from app.services.meetings.calendar_views import CalendarView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyCalendarEntries:
    """See what stands in your calendar: what an address of it would show, with your own login."""

    personally: TransactOwnCalendar
    transact: Transact[CalendarUnitOfWork]

    async def __call__(self, actor: Actor) -> CalendarView:
        person = actor.person_id

        async def own(tx: OwnCalendarUnitOfWork) -> tuple[tuple[str, ...], list[OrganisationId]]:
            found = await tx.find(person)
            return () if found is None else found.languages, await tx.organisations(person)

        languages, organisations = await self.personally(actor, own)
        found = [await entries_in(self.transact, actor, each) for each in organisations]
        return CalendarView(
            language=next(iter(languages), FALLBACK_LANGUAGE),
            entries=sorted(
                (entry for entries in found for entry in entries),
                key=lambda entry: (entry.starts_at, entry.uid),
            ),
        )
