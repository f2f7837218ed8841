"""End the address of the calendar of one group."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import SEES_MEETINGS
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.calendar_ports import CalendarUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RemoveGroupCalendar:
    """End your address of this group's calendar; it opens nothing any more. Where there is none, nothing changes."""

    transact: Transact[CalendarUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> None:
        person = actor.person_id

        async def work(tx: CalendarUnitOfWork) -> None:
            seen = await tx.standings.look(group_id, person)
            if seen.standing not in SEES_MEETINGS:
                raise GroupNotFound
            await tx.calendar_addresses.remove(person, group_id)

        await self.transact.write(actor, organisation_of(group_id), work)
