"""Relieve somebody of inviting to the first meeting."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound, PlacementNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import PlacementId, organisation_of
from app.services.groups.place_views import PlacementView
from app.services.groups.places import require_composer
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RelieveConvenor:
    """Relieve a convenor of the duty before the first meeting: whoever composes the group does it, or the convenor
    themselves, for no reason that anybody has to know (G-21)."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, placement_id: PlacementId) -> PlacementView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> PlacementView:
            group_id = await tx.placements.group_of(placement_id, None)
            seen = await tx.standings.lock(group_id, person)
            placement = await tx.placements.lock(placement_id)
            membership = await tx.convenors.member_by(placement_id)
            if membership is None or seen.membership_id != membership:
                try:
                    await require_composer(tx, seen, person)
                except GroupNotFound:
                    raise PlacementNotFound from None
            seen.group.require_forming(tx.now)
            if membership is not None:
                await tx.convenors.relieve(membership)
            return PlacementView.of(placement)

        return await self.transact.write(actor, organisation_of(placement_id), work, answer=PlacementView)
