"""See who was there."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.at_the_table import at_the_table, is_of_now
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.table_views import AttendeeView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListAttendance:
    """See who of your group was at a meeting, as far as it was noted. Members only, one meeting at a time, and nothing
    of meetings before somebody new came in (M-h5)."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> list[AttendeeView]:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> list[AttendeeView]:
            facts, seen = await at_the_table(tx, meeting_id, person)
            if not is_of_now(facts, seen):
                return []
            return [
                AttendeeView.of(each, seen.membership_id) for each in await tx.presence.attendees(meeting_id)
            ]

        return await self.transact.read(actor, organisation_of(meeting_id), work)
