"""Look at a meeting."""

from dataclasses import dataclass

from app.domain.groups.standing import Standing
from app.domain.meetings.errors import MeetingNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.views import MeetingView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """See a meeting of your group; its coordinator sees the first one of a group that is still forming."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> MeetingView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> MeetingView:
            facts = await tx.meeting_reads.one(meeting_id)
            seen = await tx.standings.look(facts.meeting.group_id, person)
            composing = seen.standing is Standing.COORDINATOR and not seen.group.is_closed(tx.now)
            if seen.standing not in (Standing.MEMBER, Standing.UNSIGNED) and not composing:
                raise MeetingNotFound
            return MeetingView.of(facts, seen.standing, tx.now)

        return await self.transact.read(actor, organisation_of(meeting_id), work)
