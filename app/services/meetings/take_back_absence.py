"""Say that one can come after all."""

from dataclasses import dataclass

from app.domain.meetings.errors import MeetingNotFound, NoticeTooLate
from app.domain.meetings.meeting import CORRECTION_TIME
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.at_the_table import at_the_table
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class TakeBackAbsence:
    """Say that you can come after all, or came. Taking back what you haven't said changes nothing."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> None:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> None:
            facts, seen = await at_the_table(tx, meeting_id, person, unsigned_too=True)
            if seen.membership_id is None:
                raise MeetingNotFound
            if tx.now >= facts.meeting.starts_at + CORRECTION_TIME:
                raise NoticeTooLate
            if await tx.presence.drop_notice(meeting_id, seen.membership_id):
                group = facts.meeting.group_id
                tx.emit(Event("group.absence.taken_back", group, {"group": group, "meeting": meeting_id}))

        await self.transact.write(actor, organisation_of(meeting_id), work)
