"""Take back an invitation to a visit."""

from dataclasses import dataclass

from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import VisitId, organisation_of
from app.domain.starters.errors import VisitNotFound
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork


@dataclass(frozen=True, slots=True)
class WithdrawVisit:
    """Take back the invitation to a visit, as a member of the group, or decline it, as the visitor. It needs no reason.

    Doing so again changes nothing.
    """

    transact: Transact[StartersUnitOfWork]

    async def __call__(self, actor: Actor, visit_id: VisitId) -> None:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> None:
            visit = await tx.visits.get(visit_id)
            seen = await tx.standings.lock(visit.group_id, person)
            facts = await tx.starter_reads.visit(visit_id)
            visit = facts.visit
            visitor = (await tx.assignments.get(visit.assignment_id)).person_id == person
            if seen.standing is not Standing.MEMBER and not (visitor and tx.now < facts.ends_at):
                raise VisitNotFound
            visit.withdraw(tx.now)
            await tx.visits.save(visit)

        await self.transact.write(actor, organisation_of(visit_id), work)
