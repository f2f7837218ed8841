"""See who can't come."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.at_the_table import agreed_by, at_the_table, is_of_now
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.table_views import AbsenceView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListAbsences:
    """See who of your group can't come to a meeting. Nobody outside the group ever does, and nothing counts it; of
    meetings before somebody new came in, it stands nowhere any more."""

    transact: Transact[MeetingsUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> list[AbsenceView]:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> list[AbsenceView]:
            facts, seen = await at_the_table(tx, meeting_id, person)
            if not is_of_now(facts, seen):
                return []
            noticed = await tx.presence.notices(meeting_id)
            agreed = await agreed_by(tx, seen)
            telling = (seen.membership_id, agreed, self.words, actor.mark.language)
            return [AbsenceView.of(each, facts.meeting, *telling) for each in noticed]

        return await self.transact.read(actor, organisation_of(meeting_id), work)
