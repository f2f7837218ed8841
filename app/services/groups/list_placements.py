"""See who has been invited into a forming group."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.place_views import PlacementView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListPlacements:
    """See who has which place, as the coordinator who composes the group; no longer once it has met."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> list[PlacementView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[PlacementView]:
            seen = await tx.standings.look(group_id, person)
            if seen.standing is not Standing.COORDINATOR:
                raise GroupNotFound
            await tx.staff_declarations.require(person)
            seen.group.require_forming(tx.now)
            return [PlacementView.of(placement) for placement in await tx.group_reads.placements(group_id)]

        return await self.transact.read(actor, organisation_of(group_id), work)
