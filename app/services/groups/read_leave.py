"""Look at one's own leave."""

from dataclasses import dataclass

from app.domain.groups.standing import require_place
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.own_views import LeaveView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadLeave:
    """See your own leave, if you have one. Nobody else sees its dates."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> LeaveView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> LeaveView:
            seen = await tx.standings.look(group_id, person)
            require_place(seen.standing)
            assert seen.membership_id is not None
            return LeaveView.of(await tx.leaves.find(seen.membership_id), tx.now)

        return await self.transact.read(actor, organisation_of(group_id), work)
