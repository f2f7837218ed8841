"""Agree on a follow-up."""

from dataclasses import dataclass
from datetime import date

from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssignmentId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import hold, require_group_member
from app.services.starters.showing import show_one
from app.services.starters.views import AssignmentView


@dataclass(frozen=True, slots=True)
class SetFollowUp:
    """Record the day that your group has agreed with the starter for a follow-up (X-08); it may be changed.

    It opens no door: for a visit you invite them to the meeting (X-07). Without a day the exit comes all the same (S-h9).
    """

    transact: Transact[StartersUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, assignment_id: AssignmentId, day: date) -> AssignmentView:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> AssignmentView:
            held = await hold(tx, assignment_id, person)
            require_group_member(held.seen, AssignmentNotFound)
            begun = held.seen.group.is_closed(tx.now)
            held.assignment.set_follow_up(day, held.zone, group_has_begun=begun, now=tx.now)
            await tx.assignments.save(held.assignment)
            return await show_one(tx, held.seen, assignment_id, actor, self.words)

        return await self.transact.write(actor, organisation_of(assignment_id), work, answer=AssignmentView)
