"""Take back an invitation that nobody has answered."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound, PlacementNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import PlacementId, organisation_of
from app.services.groups.place_views import PlacementView
from app.services.groups.places import forming_group
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class WithdrawInvitation:
    """Take back an invitation. A place that has been accepted belongs to its person, and only they give it up (G-19)."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, placement_id: PlacementId) -> PlacementView:
        organiser = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> PlacementView:
            group_id = await tx.placements.group_of(placement_id, None)
            try:
                await forming_group(tx, group_id, organiser)
            except GroupNotFound:
                raise PlacementNotFound from None
            placement = await tx.placements.lock(placement_id)
            placement.withdraw(tx.now)
            await tx.placements.save(placement)
            ids = {"group": placement.group_id, "placement": placement_id}
            tx.emit(Event("group.place.withdrawn", placement_id, ids))
            return PlacementView.of(placement)

        return await self.transact.write(actor, organisation_of(placement_id), work, answer=PlacementView)
