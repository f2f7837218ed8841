"""Say that one can't come."""

from dataclasses import dataclass

from app.domain.meetings.errors import MeetingNotFound
from app.domain.meetings.presence import notice
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.at_the_table import agreed_by, at_the_table
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.table_views import AbsenceView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class NoteAbsence:
    """Say that you can't come to a meeting of your group (N-01). No reason is asked; late is better than not at all, and
    has no consequence (N-05). Your group sees it. The answer tells how your group has agreed to say it (N-02)."""

    transact: Transact[MeetingsUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> AbsenceView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> AbsenceView:
            facts, seen = await at_the_table(tx, meeting_id, person, unsigned_too=True)
            me = seen.membership_id
            if me is None:
                raise MeetingNotFound
            before = await tx.presence.notices(meeting_id)
            said = [each for each in before if each.membership_id == me]
            if not said:
                await tx.presence.put_notice(notice(facts.meeting, me, tx.now))
                group = facts.meeting.group_id
                tx.emit(Event("group.absence.noted", group, {"group": group, "meeting": meeting_id}))
                after = await tx.presence.notices(meeting_id)
                said = [each for each in after if each.membership_id == me]
            return AbsenceView.of(
                said[0], facts.meeting, me, await agreed_by(tx, seen), self.words, actor.mark.language
            )

        return await self.transact.write(actor, organisation_of(meeting_id), work)
