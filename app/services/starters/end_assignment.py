"""End a starter's assignment at once."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssignmentId, BallotId, organisation_of
from app.domain.starters.errors import AssignmentNotFound
from app.domain.starters.exit_limit import Party
from app.services.ports.counting import CountDue
from app.services.ports.stepping_out import step_out
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import hold


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
            ended = await step_out(tx, held.assignment, by, held.meetings, held.live)
            if ended is not None and not own:
                await tx.access_log.note(
                    actor,
                    Access(
                        deed=Deed.REVOKED,
                        data=AccessedData.STARTER_ASSIGNMENT,
                        acting_as=ActingAs.COORDINATOR,
                        purpose=AccessPurpose.HELPING_A_GROUP_TO_START,
                        about=held.assignment.person_id,
                        row=assignment_id,
                    ),
                )
            return ended or []

        for ballot in await self.transact.write(actor, organisation_of(assignment_id), work):
            await self.count(ballot)
