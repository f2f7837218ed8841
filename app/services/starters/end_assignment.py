"""End a starter's assignment at once."""

from dataclasses import dataclass

from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, BallotId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.domain.starters.exit_limit import Party
from app.services.ports.counting import CountDue
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import end_questions, hold


@dataclass(frozen=True, slots=True)
class EndAssignment:
    """Step out of a group that you help to start, at once and for no reason that anybody has to know (X-06).

    The organisation's coordinator may end an assignment, too. A coordinator who does so again changes nothing.
    """

    transact: Transact[StartersUnitOfWork]
    count: CountDue

    async def __call__(self, actor: Actor, assignment_id: AssignmentId) -> None:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> list[BallotId]:
            held = await hold(tx, assignment_id, person)
            own = held.seen.assignment_id == assignment_id
            if not own:
                if held.seen.standing is not Standing.COORDINATOR:
                    raise AssignmentNotFound
                await tx.staff_declarations.require(person)
            by = Party.STARTER if own else Party.COORDINATOR
            if not held.assignment.end_now(by, held.meetings, tx.now):
                return []
            await tx.assignments.save(held.assignment)
            ids = {"group": held.assignment.group_id, "assignment": assignment_id}
            tx.emit(Event("group.starter.left", held.assignment.group_id, ids))
            return await end_questions(tx, held)

        for ballot in await self.transact.write(actor, organisation_of(assignment_id), work):
            await self.count(ballot)
