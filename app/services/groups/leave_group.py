"""Leave a group."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import BallotId, GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.counting import CountDue
from app.services.ports.leaving import leave
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """Leave your group, at once and for no reason that anybody has to know (G-18, G-19).

    You drop off the roll of every open ballot; your envelopes are removed unopened (B-03). No reason is kept, not even
    privately. Your promise of confidentiality goes on (D-h4). Leaving again changes nothing.
    """

    transact: Transact[GroupsUnitOfWork]
    count: CountDue

    async def __call__(self, actor: Actor, group_id: GroupId) -> None:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[BallotId]:
            return await leave(tx, group_id, person)

        for ballot in await self.transact.write(actor, organisation_of(group_id), work):
            await self.count(ballot)
