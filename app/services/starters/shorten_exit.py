"""Shorten a starter's stay."""

from dataclasses import dataclass
from datetime import date

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.domain.starters.exit_limit import Party
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import hold, require_group_member
from app.services.starters.showing import show_one
from app.services.starters.views import AssignmentView


@dataclass(frozen=True, slots=True)
class ShortenExit:
    """Record that the starter leaves earlier than was fixed: the group has agreed on it, or the starter says so (X-06).

    At any time, by any member or by the starter; what you don't name stays as it is. A longer stay takes a ballot.
    """

    transact: Transact[StartersUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        assignment_id: AssignmentId,
        latest_date: date | None = None,
        max_meetings: int | None = None,
    ) -> AssignmentView:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> AssignmentView:
            held = await hold(tx, assignment_id, person)
            own = held.seen.assignment_id == assignment_id
            if not own:
                require_group_member(held.seen, AssignmentNotFound)
            held.assignment.shorten(
                latest_date,
                max_meetings,
                held.zone,
                Party.STARTER if own else Party.GROUP,
                held.meetings,
                tx.now,
            )
            await tx.assignments.save(held.assignment)
            ids = {"group": held.assignment.group_id, "assignment": assignment_id}
            tx.emit(Event("group.starter.exit_shortened", held.assignment.group_id, ids))
            return await show_one(tx, held.seen, assignment_id, actor, self.words)

        return await self.transact.write(actor, organisation_of(assignment_id), work, answer=AssignmentView)
