"""Look at one assignment of a starter."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssignmentId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import look_at, require_viewer
from app.services.starters.showing import show
from app.services.starters.views import AssignmentView


@dataclass(frozen=True, slots=True)
class ReadAssignment:
    """See one starter's assignment with every version of its exit, as far as it is yours to see."""

    transact: Transact[StartersUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, assignment_id: AssignmentId) -> AssignmentView:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> AssignmentView:
            facts = await tx.starter_reads.one(assignment_id)
            seen = await look_at(tx, facts.assignment.group_id, person)
            await require_viewer(tx, seen, person, AssignmentNotFound)
            shown = await show(tx, seen, [facts], actor, self.words)
            if not shown:
                raise AssignmentNotFound
            return shown[0]

        return await self.transact.read(actor, organisation_of(assignment_id), work)
