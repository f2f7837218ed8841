"""End the address of one's own calendar."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.meetings.calendar_ports import OwnCalendarUnitOfWork, TransactOwnCalendar


@dataclass(frozen=True, slots=True)
class RemoveMyCalendar:
    """End the address of your calendar; it opens nothing any more. Where there is none, nothing changes."""

    personally: TransactOwnCalendar

    async def __call__(self, actor: Actor) -> None:
        person = actor.person_id

        async def work(tx: OwnCalendarUnitOfWork) -> None:
            await tx.calendar_addresses.remove(person, None)

        await self.personally(actor, work)
