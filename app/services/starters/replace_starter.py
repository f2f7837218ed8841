"""Replace a starter."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, BallotId, PersonId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.services.ports.counting import CountDue
from app.services.ports.stepping_out import end_questions
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.assigning import require_assignable
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import hold
from app.services.starters.showing import show_one
from app.services.starters.views import AssignmentView


@dataclass(frozen=True, slots=True)
class ReplaceStarter:
    """Put another starter in the place of one who can't go on. They take over what is left of the limit, no more (X-03).

    The first one's assignment ends in the same instant, if it hasn't ended early before.
    """

    transact: Transact[StartersUnitOfWork]
    words: Words
    count: CountDue

    async def __call__(
        self,
        actor: Actor,
        assignment_id: AssignmentId,
        person_id: PersonId,
        acknowledge_intake_conflict: bool = False,
    ) -> AssignmentView:
        coordinator = actor.person_id
        ended: list[BallotId] = []

        async def work(tx: StartersUnitOfWork) -> AssignmentView:
            held = await hold(tx, assignment_id, coordinator)
            seen, group_id = held.seen, held.seen.group.id
            if seen.standing is not Standing.COORDINATOR:
                raise AssignmentNotFound
            await tx.staff_declarations.require(coordinator)
            others = [each for each in await tx.assignments.of_group(group_id) if each.id != assignment_id]
            conflict = await require_assignable(
                tx,
                seen.group,
                person_id,
                acknowledged=acknowledge_intake_conflict,
                active=sum(not each.is_over(held.meetings, tx.now) for each in others),
            )
            now = await tx.read_clock()
            heir = held.assignment.inherited_by(
                AssignmentId(tx.new_id()),
                person_id,
                conflict_acknowledged=conflict,
                meetings=held.meetings,
                now=now,
            )
            await tx.assignments.save(held.assignment)
            await tx.assignments.add(heir)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.ASSIGNED,
                    data=AccessedData.STARTER_ASSIGNMENT,
                    acting_as=ActingAs.COORDINATOR,
                    purpose=AccessPurpose.HELPING_A_GROUP_TO_START,
                    about=person_id,
                    row=heir.id,
                ),
            )
            ended[:] = await end_questions(tx, held.assignment, held.live)
            ids = {"group": group_id, "assignment": heir.id, "replaces": assignment_id}
            tx.emit(Event("group.starter.replaced", group_id, ids))
            return await show_one(tx, seen, heir.id, actor, self.words)

        view = await self.transact.write(actor, organisation_of(assignment_id), work, answer=AssignmentView)
        for ballot in ended:
            await self.count(ballot)
        return view
