"""Cancel a meeting."""

from dataclasses import dataclass

from app.domain.meetings.meeting import MeetingStatus
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.planning import planner_of
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import MeetingView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class CancelMeeting:
    """Cancel a meeting that has not begun. Cancelling again changes nothing."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> MeetingView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> MeetingView:
            seen = await planner_of(tx, meeting_id, person, only_takes_back=True)
            meeting = await tx.meetings.lock(meeting_id)
            if meeting.status(tx.now) is not MeetingStatus.CANCELLED:
                meeting.cancel(tx.now)
                await tx.meetings.save(meeting)
                ids = {"group": meeting.group_id, "meeting": meeting.id}
                tx.emit(Event("group.meeting.cancelled", meeting.group_id, ids))
            return MeetingView.of(
                await tx.meeting_reads.one(meeting_id),
                seen.standing,
                tx.now,
                shielded=seen.group.shields_place,
            )

        return await self.transact.write(actor, organisation_of(meeting_id), work, answer=MeetingView)
