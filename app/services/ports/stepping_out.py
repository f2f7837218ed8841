"""Stepping out of a group that one helps to start, as one step of a transaction: for whoever says so, for the coordinator,
and where a starter has themselves erased."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.admission.ballot import Ballot
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId
from app.domain.starters.assignment import Assignment, GroupMeeting
from app.domain.starters.exit_limit import Party
from app.services.ports.assignments import Assignments
from app.services.ports.repositories import Ballots
from app.services.ports.transaction import UnitOfWork


class SteppingOutUnitOfWork(UnitOfWork, Protocol):
    """What stepping out touches."""

    @property
    def assignments(self) -> Assignments: ...
    @property
    def ballots(self) -> Ballots: ...


async def step_out(
    tx: SteppingOutUnitOfWork,
    assignment: Assignment,
    by: Party,
    meetings: Sequence[GroupMeeting],
    live: Sequence[Ballot],
) -> list[BallotId] | None:
    """End it now, and what was to be decided about it. The group and its live ballots are locked, none of them due.

    Answers with the ballots whose keys are to go; None where its exit had come already.
    """
    if not assignment.end_now(by, meetings, tx.now):
        return None
    await tx.assignments.save(assignment)
    ids = {"group": assignment.group_id, "assignment": assignment.id}
    tx.emit(Event("group.starter.left", assignment.group_id, ids))
    return await end_questions(tx, assignment, live)


async def end_questions(
    tx: SteppingOutUnitOfWork, assignment: Assignment, live: Sequence[Ballot]
) -> list[BallotId]:
    """The assignment has ended: there is nothing left to decide about it. The ballots whose keys are to go."""
    ended = [ballot for ballot in live if ballot.subject.assignment_id == assignment.id]
    for ballot in ended:
        ballot.withdraw(tx.now)
        await tx.ballots.end(ballot)
    return [ballot.id for ballot in ended]
