"""Plan a meeting."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.meetings.errors import FirstMeetingStands, MeetingInThePast, TooFewForAFirstMeeting
from app.domain.meetings.meeting import Meeting
from app.domain.meetings.place import PlaceType
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, MeetingId, organisation_of
from app.services.meetings.advising import Advise
from app.services.meetings.first_meeting import require_intake_at
from app.services.meetings.planning import planner
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import MeetingView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class PlanMeeting:
    """Plan a meeting. The first one is fixed by the coordinator, or by those who invite where no starter
    helps (M-12), once enough people have accepted (G-24); with its start
    the group closes for good (A-01). All others are the members' own (G-17, M-06)."""

    transact: Transact[MeetingsUnitOfWork]
    advise: Advise

    async def __call__(
        self,
        actor: Actor,
        group_id: GroupId,
        starts_at: datetime,
        place: str,
        minutes: int = 120,
        place_type: PlaceType = PlaceType.OTHER_PUBLIC,
    ) -> MeetingView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> MeetingView:
            seen = await planner(tx, group_id, person)
            now = tx.now
            if starts_at <= now:
                raise MeetingInThePast("/starts_at")
            if not seen.group.is_closed(now):
                needed = (await tx.policies.holding(now)).settings.size_start_min
                if seen.members < needed:
                    raise TooFewForAFirstMeeting(needed=needed)
                if await tx.meetings.any_stands(group_id):
                    raise FirstMeetingStands
                await require_intake_at(tx, group_id, starts_at)
            meeting = Meeting(
                id=MeetingId(tx.new_id()),
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                starts_at=starts_at,
                minutes=minutes,
                place=place,
                place_type=place_type,
                slot_at=None,
                apart_at=None,
                replaced_at=None,
                cancelled_at=None,
                not_held_at=None,
                version=1,
            )
            await tx.meetings.add(meeting)
            tx.emit(Event("group.meeting.planned", group_id, {"group": group_id, "meeting": meeting.id}))
            facts = await tx.meeting_reads.one(meeting.id)
            advice = await self.advise.on_meeting(tx, facts.meeting, actor.mark.language)
            return MeetingView.of(facts, seen.standing, tx.now, advice, shielded=seen.group.shields_place)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=MeetingView)
