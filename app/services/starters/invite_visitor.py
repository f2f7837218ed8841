"""Invite a starter back."""

from dataclasses import dataclass

from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, MeetingId, VisitId, organisation_of
from app.domain.starters.errors import AssignmentNotFound, StillThere, VisitNotPossible
from app.domain.starters.visit import Visit, require_visit_possible
from app.services.ports.transaction import Transact
from app.services.starters.own_views import VisitView
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import hold, require_group_member


@dataclass(frozen=True, slots=True)
class InviteVisitor:
    """Invite a starter who has left back to one of your meetings (X-07). Any member may record what the group has agreed.

    The visitor learns time and place of that meeting, no name and nothing else, and the invitation ends with it.
    """

    transact: Transact[StartersUnitOfWork]

    async def __call__(self, actor: Actor, assignment_id: AssignmentId, meeting_id: MeetingId) -> VisitView:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> VisitView:
            held = await hold(tx, assignment_id, person)
            require_group_member(held.seen, AssignmentNotFound)
            assignment, now = held.assignment, tx.now
            if not assignment.is_over(held.meetings, now):
                raise StillThere
            if assignment.person_id is None:
                raise VisitNotPossible
            try:
                await tx.staff_declarations.require(assignment.person_id)
            except StaffDeclarationNeeded:
                raise VisitNotPossible from None
            require_visit_possible(
                await tx.visits.meeting(assignment.group_id, meeting_id),
                another_stands=await tx.visits.stands_for(assignment_id),
                now=now,
            )
            visit = Visit(
                id=VisitId(tx.new_id()),
                organisation_id=assignment.organisation_id,
                group_id=assignment.group_id,
                assignment_id=assignment_id,
                meeting_id=meeting_id,
                invited_at=now,
                withdrawn_at=None,
            )
            await tx.visits.add(visit)
            ids = {"group": visit.group_id, "visit": visit.id}
            tx.emit(Event("group.starter.invited_back", visit.group_id, ids))
            return VisitView.of(await tx.starter_reads.visit(visit.id), now)

        return await self.transact.write(actor, organisation_of(assignment_id), work, answer=VisitView)
