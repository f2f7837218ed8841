"""Look at a meeting."""

from dataclasses import dataclass

from app.domain.groups.standing import SEES_MEETINGS, Standing
from app.domain.meetings.errors import MeetingNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, MeetingId, organisation_of
from app.services.meetings.advising import Advise
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.seeing import may_see
from app.services.meetings.views import MeetingView
from app.services.meetings.writing_ahead import short_of, write_on
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """See a meeting of your group; its coordinator sees the first one of a group that is still forming."""

    transact: Transact[MeetingsUnitOfWork]
    advise: Advise

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> MeetingView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> tuple[MeetingView, list[GroupId]]:
            facts = await tx.meeting_reads.one(meeting_id)
            seen = await tx.standings.look(facts.meeting.group_id, person)
            composing = seen.standing is Standing.COORDINATOR and not seen.group.is_closed(tx.now)
            if (seen.standing not in SEES_MEETINGS and not composing) or not may_see(
                seen, facts.meeting.starts_at
            ):
                raise MeetingNotFound
            advice = await self.advise.on_meeting(tx, facts.meeting, actor.mark.language)
            view = MeetingView.of(facts, seen.standing, tx.now, advice, shielded=seen.group.shields_place)
            return view, await short_of(tx, {facts.meeting.group_id: seen.standing})

        view, short = await self.transact.read(actor, organisation_of(meeting_id), work)
        await write_on(self.transact, actor, short)
        return view
