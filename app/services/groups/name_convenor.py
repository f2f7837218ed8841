"""Name somebody who invites to the first meeting."""

from dataclasses import dataclass

from app.domain.groups.convening import PlaceNotAccepted, StarterHelps
from app.domain.groups.errors import GroupNotFound, PlacementNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import PlacementId, organisation_of
from app.services.groups.place_views import PlacementView
from app.services.groups.places import forming_group
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class NameConvenor:
    """Name one of those who have accepted a place as a convenor: where no starter helps, one or more of them invite to the
    first meeting and arrange it; with its end the duty is over, and all are alike (M-12). Naming again changes nothing."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, placement_id: PlacementId) -> PlacementView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> PlacementView:
            group_id = await tx.placements.group_of(placement_id, None)
            try:
                seen = await forming_group(tx, group_id, person)
            except GroupNotFound:
                raise PlacementNotFound from None
            if seen.group.starter_helps:
                raise StarterHelps
            placement = await tx.placements.lock(placement_id)
            membership = await tx.convenors.member_by(placement_id)
            if membership is None:
                raise PlaceNotAccepted
            await tx.convenors.name(group_id, membership, tx.now)
            return PlacementView.of(placement, convenor=True)

        return await self.transact.write(actor, organisation_of(placement_id), work, answer=PlacementView)
