"""Taking back an application, as one step of a transaction: for whoever says so, and where its writer is erased."""

from typing import Protocol

from app.domain.admission.application import Application
from app.domain.shared.events import Event
from app.domain.shared.ids import BallotId
from app.services.ports.repositories import Applications, Ballots, Groups
from app.services.ports.transaction import UnitOfWork


class WithdrawingUnitOfWork(UnitOfWork, Protocol):
    """What taking back touches."""

    @property
    def applications(self) -> Applications: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def groups(self) -> Groups: ...


async def withdraw(tx: WithdrawingUnitOfWork, application: Application) -> list[BallotId]:
    """Take it back; an open ballot on it ends, its envelopes unopened, and the seat is free. The group is locked, and what
    is due in it counted. Answers with the ballots whose keys are to go."""
    application.withdraw(tx.now)
    await tx.applications.save(application)
    ids = {"group": application.group_id, "application": application.id}
    tx.emit(Event("group.application.ended", application.group_id, ids))
    ended = []
    for ballot in await tx.ballots.lock_live(application.group_id):
        if ballot.subject.application_id == application.id:
            ballot.withdraw(tx.now)
            await tx.ballots.end(ballot)
            ended.append(ballot.id)
    offered = [application.last_ballot.ballot_id] if application.last_ballot else []
    await tx.groups.free_reservations([*ended, *offered])
    return ended
