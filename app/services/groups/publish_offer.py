"""Put a forming group among the offers."""

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
class PublishOffer:
    """Put the forming group that you compose among the public offers, so that people can ask for a place (O-02, A-07).

    It stands there until you take it down or its first meeting begins, however many places are taken: a list that moved
    with places would tell the world of each of them. Publishing again changes nothing.
    """

    transact: Transact[GroupsUnitOfWork]
    describe: DescribeOffer

    async def __call__(self, actor: Actor, group_id: GroupId) -> GroupOfferView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupOfferView:
            seen = await forming_group(tx, group_id, person)
            if seen.group.offered_at is None:
                seen.group.offered_at = tx.now
                await tx.groups.save(seen.group)
                tx.emit(Event("group.offer.published", group_id, {"group": group_id}))
            return await self.describe(tx, seen, actor.mark.language)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroupOfferView)
