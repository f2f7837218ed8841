"""Arrange the agenda of a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.meetings.agenda import Chosen, require_arranged, template
from app.domain.meetings.errors import AgendaIsOver
from app.domain.meetings.meeting import kind_of
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.at_the_table import FIRST_VERSION, agenda_view, require_members
from app.services.meetings.ports import Arrangement, MeetingsUnitOfWork
from app.services.meetings.table_views import MeetingAgendaView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ArrangeAgenda:
    """Arrange the agenda of a meeting of your group: take items off, put them in another order, add your own by a short
    title. Signing the declaration and the starter's role stay where they belong (M-08, X-04); there is nowhere to write
    what is said (C-09)."""

    transact: Transact[MeetingsUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, meeting_id: MeetingId, version: int, items: Sequence[Chosen]
    ) -> MeetingAgendaView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> MeetingAgendaView:
            seen = await tx.standings.lock(await tx.meetings.group_of(meeting_id), person)
            require_members(seen.standing)
            facts = await tx.meeting_reads.one(meeting_id)
            if facts.meeting.cancelled_at is not None or facts.meeting.ends_at <= tx.now:
                raise AgendaIsOver
            own = await tx.agendas.find(meeting_id)
            held = own.version if own else FIRST_VERSION
            if held != version:
                raise Stale
            kind = kind_of(facts.position, facts.generation, facts.first_of_generation, facts.starter)
            proposed = template(kind, facts.starter)
            require_arranged(items, proposed)
            arrangement = Arrangement(items=list(items), version=held + 1)
            await tx.agendas.save(meeting_id, arrangement)
            return await agenda_view(
                tx,
                facts,
                arrangement.items,
                proposed,
                self.words,
                actor.mark.language,
                arranged=True,
                version=arrangement.version,
            )

        return await self.transact.write(actor, organisation_of(meeting_id), work)
