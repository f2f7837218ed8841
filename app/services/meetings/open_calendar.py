"""Open a calendar by its address."""

from dataclasses import dataclass, replace

from app.domain.meetings.calendar import (
    FALLBACK_LANGUAGE,
    CalendarAddress,
    key_of,
)
from app.domain.shared.actor import Actor
from app.domain.shared.errors import NotFound
from app.domain.shared.ids import OrganisationId, organisation_of
from app.services.meetings.calendar_entries import entries_in
from app.services.meetings.calendar_ports import (
    CalendarKeys,
    CalendarUnitOfWork,
    OwnCalendarUnitOfWork,
    TransactOwnCalendar,
)
from app.services.meetings.calendar_views import CalendarEntry, CalendarView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class OpenCalendar:
    """Read the calendar that an address opens: whoever asks needs nothing but the address.

    What stands in it is decided now, by what its person is to each group now. An address that is wrong, was changed or
    removed, or whose membership or time as a starter has ended, is not found, each in the same way.
    """

    keys: CalendarKeys
    personally: TransactOwnCalendar
    transact: Transact[CalendarUnitOfWork]

    async def __call__(self, actor: Actor, token: str) -> CalendarView:
        key = key_of(token)
        person = await self.keys.holder(key)
        if person is None:
            raise NotFound
        owner = Actor(person=person, mark=replace(actor.mark, idempotency_key=None))

        async def own(
            tx: OwnCalendarUnitOfWork,
        ) -> tuple[CalendarAddress, tuple[str, ...], list[OrganisationId]]:
            address, found = await tx.calendar_addresses.by_key(person, key), await tx.find(person)
            if address is None or found is None:
                raise NotFound
            return address, found.languages, await tx.organisations(person)

        address, languages, organisations = await self.personally(owner, own)
        if address.group_id is not None:
            organisations = [organisation_of(address.group_id)]
        entries: list[CalendarEntry] = []
        try:
            for organisation in organisations:
                entries += await entries_in(self.transact, owner, organisation, address)
        except NotFound:
            await self._forget(owner, address)
            raise
        return CalendarView(
            language=next(iter(languages), FALLBACK_LANGUAGE),
            entries=sorted(entries, key=lambda entry: (entry.starts_at, entry.uid)),
        )

    async def _forget(self, owner: Actor, address: CalendarAddress) -> None:
        """What the address was made for is over: nothing keeps that this person once was there."""

        async def work(tx: OwnCalendarUnitOfWork) -> None:
            if await tx.calendar_addresses.by_key(address.person_id, address.key_id) is not None:
                await tx.calendar_addresses.remove(address.person_id, address.group_id)

        await self.personally(owner, work)
