"""Write to the participants before the first meeting."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, StarterMessageId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.domain.starters.message import StarterMessage, require_relay_open
from app.services.ports.transaction import Transact
from app.services.starters.own_views import StarterMessageView
from app.services.starters.ports import MessageFacts, StartersUnitOfWork
from app.services.starters.seeing import hold


@dataclass(frozen=True, slots=True)
class WriteToParticipants:
    """Write a few words to those who have accepted a place in the group that you help to start: who you are, what people
    have asked (V-17). You see nobody's name or address, and after the first meeting has begun nothing is written here."""

    transact: Transact[StartersUnitOfWork]

    async def __call__(self, actor: Actor, assignment_id: AssignmentId, words: str) -> StarterMessageView:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> StarterMessageView:
            held = await hold(tx, assignment_id, person)
            if held.seen.assignment_id != assignment_id:
                raise AssignmentNotFound
            require_relay_open(
                group_has_begun=held.seen.group.is_closed(tx.now),
                written=await tx.starter_messages.written(assignment_id),
            )
            message = StarterMessage(
                id=StarterMessageId(tx.new_id()),
                organisation_id=held.assignment.organisation_id,
                group_id=held.assignment.group_id,
                assignment_id=assignment_id,
                words=words,
                written_at=tx.now,
            )
            await tx.starter_messages.add(message)
            ids = {"group": message.group_id, "message": message.id}
            tx.emit(Event("group.starter.wrote", message.group_id, ids))
            name = (await tx.starter_reads.one(assignment_id)).name
            return StarterMessageView.of(MessageFacts(message=message, name=name))

        return await self.transact.write(
            actor, organisation_of(assignment_id), work, answer=StarterMessageView
        )
