"""Say that you are away for a while."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.groups.leave import Leave
from app.domain.groups.standing import require_place
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.own_views import LeaveView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.counting import require_counted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class TakeLeave:
    """Say that you are away for a while, for no reason that anybody has to know.

    You stay on every roll and may vote; but no quorum waits for you (B-05). The others see that you are away, and no more.
    A new leave takes the place of an earlier one.
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(
        self, actor: Actor, group_id: GroupId, ends_at: datetime, starts_at: datetime | None = None
    ) -> LeaveView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> LeaveView:
            seen = await tx.standings.lock(group_id, person)
            require_place(seen.standing)
            assert seen.membership_id is not None
            require_counted(await tx.ballots.lock_live(group_id), tx.now)
            leave = Leave(
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                membership_id=seen.membership_id,
                starts_at=starts_at or tx.now,
                ends_at=ends_at,
            )
            leave.require_ahead(tx.now)
            await tx.leaves.put(leave)
            return LeaveView.of(leave, tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=LeaveView)
