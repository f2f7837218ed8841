"""Say that you are back."""

from dataclasses import dataclass

from app.domain.groups.standing import require_place
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.own_views import LeaveView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.counting import require_counted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class EndLeave:
    """Say that you are back, or that you stay after all. Nothing of the leave is kept."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> LeaveView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> LeaveView:
            seen = await tx.standings.lock(group_id, person)
            require_place(seen.standing)
            assert seen.membership_id is not None
            require_counted(await tx.ballots.lock_live(group_id), tx.now)
            await tx.leaves.end(seen.membership_id)
            return LeaveView.of(None, tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=LeaveView)
