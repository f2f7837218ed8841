"""See who has been invited into a forming group."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.place_views import PlacementView
from app.services.groups.places import require_composer
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListPlacements:
    """See who has which place, as whoever composes the group; no longer once it has met."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> list[PlacementView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[PlacementView]:
            seen = await tx.standings.look(group_id, person)
            await require_composer(tx, seen, person)
            found = await tx.forming_reads.placements(group_id)
            return [PlacementView.of(placement, convenor=named) for placement, named in found]

        return await self.transact.read(actor, organisation_of(group_id), work)
