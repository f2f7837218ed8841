"""Look at the agenda of a meeting."""

from dataclasses import dataclass, replace

from app.domain.groups.standing import SEES_MEETINGS, Standing
from app.domain.meetings.agenda import arranged, template
from app.domain.meetings.errors import MeetingNotFound
from app.domain.meetings.meeting import kind_of
from app.domain.shared.actor import Actor
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.at_the_table import FIRST_VERSION, agenda_view
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.seeing import may_see
from app.services.meetings.table_views import MeetingAgendaView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact

_INSIDE = (Standing.MEMBER, Standing.STARTER)
"""Who sees it as the group has arranged it."""


@dataclass(frozen=True, slots=True)
class ReadAgenda:
    """See the agenda of a meeting: what its kind is for, item by item, with the rules and sources behind it, and the
    date of the next (M-07 to M-14). Members and starters see it as the group has arranged it."""

    transact: Transact[MeetingsUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, meeting_id: MeetingId) -> MeetingAgendaView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> MeetingAgendaView:
            facts = await tx.meeting_reads.one(meeting_id)
            seen = await tx.standings.look(facts.meeting.group_id, person)
            composing = seen.standing is Standing.COORDINATOR and not seen.group.is_closed(tx.now)
            starts_at = facts.meeting.starts_at
            if (seen.standing not in SEES_MEETINGS and not composing) or not may_see(seen, starts_at):
                raise MeetingNotFound
            kind = kind_of(facts.position, facts.generation, facts.first_of_generation, facts.starter)
            proposed = template(kind, facts.starter)
            own = await tx.agendas.find(meeting_id) if seen.standing in _INSIDE else None
            view = await agenda_view(
                tx,
                facts,
                arranged(own.items if own else None, proposed),
                proposed,
                self.words,
                actor.mark.language,
                arranged=own is not None,
                version=own.version if own else FIRST_VERSION,
            )
            hidden = view.next_meeting_at is not None and not may_see(seen, view.next_meeting_at)
            return replace(view, next_meeting_at=None) if hidden else view

        return await self.transact.read(actor, organisation_of(meeting_id), work)
