"""Confirm a starter's exit."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import hold, require_group_member
from app.services.starters.showing import show_one
from app.services.starters.views import AssignmentView


@dataclass(frozen=True, slots=True)
class ConfirmExit:
    """Record that the group has talked about how long the starter stays, and that it stays as agreed (X-05).

    From the second meeting on; any member may, and confirming again changes nothing.
    """

    transact: Transact[StartersUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, assignment_id: AssignmentId) -> AssignmentView:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> AssignmentView:
            held = await hold(tx, assignment_id, person)
            require_group_member(held.seen, AssignmentNotFound)
            if held.assignment.confirm(held.meetings, tx.now):
                await tx.assignments.save(held.assignment)
                ids = {"group": held.assignment.group_id, "assignment": assignment_id}
                tx.emit(Event("group.starter.exit_confirmed", held.assignment.group_id, ids))
            return await show_one(tx, held.seen, assignment_id, actor, self.words)

        return await self.transact.write(actor, organisation_of(assignment_id), work, answer=AssignmentView)
