"""Make an address for one's own calendar."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.meetings.calendar import TOKEN_BYTES, CalendarAddress, key_of, token_from
from app.domain.shared.actor import Actor
from app.services.meetings.calendar_ports import OwnCalendarUnitOfWork, TransactOwnCalendar
from app.services.meetings.calendar_views import CalendarAddressView


@dataclass(frozen=True, slots=True)
class MakeMyCalendar:
    """Get an address that your calendar can subscribe to, with the meetings of all your groups.

    It says when you meet, and where, if that is a public place that you may know of; it names no group, no theme and
    nobody (M-h6, M-h7). The address is a secret: it is shown this once. Making another one ends the one before, so asking
    again is the way to change it. It ends with what it shows: a group
    that you leave, or help no longer, is out of it at once.
    """

    personally: TransactOwnCalendar
    address: Callable[[str], str]

    async def __call__(self, actor: Actor) -> CalendarAddressView:
        person = actor.person_id

        async def work(tx: OwnCalendarUnitOfWork) -> CalendarAddressView:
            now, token = await tx.read_clock(), token_from(tx.random_bytes(TOKEN_BYTES))
            await tx.calendar_addresses.put(
                CalendarAddress(
                    person_id=person, group_id=None, bound_to=None, key_id=key_of(token), made_at=now
                )
            )
            return CalendarAddressView(url=self.address(token), since=now)

        return await self.personally(actor, work)
