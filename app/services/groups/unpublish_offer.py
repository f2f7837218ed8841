"""Take a forming group down from the offers."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.describing import DescribeOffer
from app.services.groups.forming_views import GroupOfferView
from app.services.groups.places import forming_group
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class UnpublishOffer:
    """Take the forming group that you compose down from the public offers. Who waits for a place goes on waiting."""

    transact: Transact[GroupsUnitOfWork]
    describe: DescribeOffer

    async def __call__(self, actor: Actor, group_id: GroupId) -> GroupOfferView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupOfferView:
            seen = await forming_group(tx, group_id, person)
            if seen.group.offered_at is not None:
                seen.group.offered_at = None
                await tx.groups.save(seen.group)
                tx.emit(Event("group.offer.taken_down", group_id, {"group": group_id}))
            return await self.describe(tx, seen, actor.mark.language)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroupOfferView)
