"""Move a meeting."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.meetings.place import PlaceType
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.events import Event
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.advising import Advise
from app.services.meetings.first_meeting import require_intake_at
from app.services.meetings.planning import planner_of
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import MeetingView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class MoveMeeting:
    """Give a meeting another time or place, as long as it has not begun. One of a series is moved by itself; the others
    stay as they are."""

    transact: Transact[MeetingsUnitOfWork]
    advise: Advise

    async def __call__(
        self,
        actor: Actor,
        meeting_id: MeetingId,
        version: int,
        starts_at: datetime,
        place: str,
        minutes: int = 120,
        place_type: PlaceType = PlaceType.OTHER_PUBLIC,
    ) -> MeetingView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> MeetingView:
            seen = await planner_of(tx, meeting_id, person)
            meeting = await tx.meetings.lock(meeting_id)
            if meeting.version != version:
                raise Stale
            if not seen.group.is_closed(tx.now) and starts_at != meeting.starts_at:
                await require_intake_at(tx, meeting.group_id, starts_at)
            meeting.move(starts_at, minutes, place, tx.now, place_type)
            await tx.meetings.save(meeting)
            ids = {"group": meeting.group_id, "meeting": meeting.id}
            tx.emit(Event("group.meeting.moved", meeting.group_id, ids))
            facts = await tx.meeting_reads.one(meeting_id)
            advice = await self.advise.on_meeting(tx, facts.meeting, actor.mark.language)
            return MeetingView.of(facts, seen.standing, tx.now, advice, shielded=seen.group.shields_place)

        return await self.transact.write(actor, organisation_of(meeting_id), work, answer=MeetingView)
