"""Say no to a place."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import PlacementId, organisation_of
from app.services.groups.place_views import PlacementView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class DeclinePlace:
    """Say no to a place that was offered to you. It needs no reason (G-21). If you had asked for it, you
    are off the waiting list; ask again whenever you like."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, placement_id: PlacementId) -> PlacementView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> PlacementView:
            group_id = await tx.placements.group_of(placement_id, person)
            await tx.read_clock()
            placement = await tx.placements.lock(placement_id)
            placement.decline(tx.now)
            await tx.placements.save(placement)
            await tx.waiting_list.remove(group_id, person)
            return PlacementView.of(placement)

        return await self.transact.write(actor, organisation_of(placement_id), work, answer=PlacementView)
