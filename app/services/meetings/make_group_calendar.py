"""Make an address for the calendar of one group."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import SEES_MEETINGS
from app.domain.meetings.calendar import TOKEN_BYTES, CalendarAddress, key_of, token_from
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.calendar_ports import CalendarUnitOfWork
from app.services.meetings.calendar_views import CalendarAddressView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class MakeGroupCalendar:
    """Get an address that your calendar can subscribe to, with the meetings of this group alone.

    It is yours and not the group's, and says no more than your own calendar would. It is bound to your place in the group:
    when you leave, or your time as its starter ends, it opens nothing any more, also if you come back later. It is shown
    this once, and making another one ends the one before.
    """

    transact: Transact[CalendarUnitOfWork]
    address: Callable[[str], str]

    async def __call__(self, actor: Actor, group_id: GroupId) -> CalendarAddressView:
        person = actor.person_id

        async def work(tx: CalendarUnitOfWork) -> CalendarAddressView:
            seen = await tx.standings.look(group_id, person)
            if seen.standing not in SEES_MEETINGS:
                raise GroupNotFound
            token = token_from(tx.random_bytes(TOKEN_BYTES))
            await tx.calendar_addresses.put(
                CalendarAddress(
                    person_id=person,
                    group_id=group_id,
                    bound_to=seen.membership_id or seen.assignment_id,
                    key_id=key_of(token),
                    made_at=tx.now,
                )
            )
            return CalendarAddressView(url=self.address(token), since=tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work)
