"""See how a forming group is offered."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.describing import DescribeOffer
from app.services.groups.forming_views import GroupOfferView
from app.services.groups.places import require_composer
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadGroupOffer:
    """See how the forming group that you compose is offered: its code, how it is described, and what is worth knowing."""

    transact: Transact[GroupsUnitOfWork]
    describe: DescribeOffer

    async def __call__(self, actor: Actor, group_id: GroupId) -> GroupOfferView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupOfferView:
            seen = await tx.standings.look(group_id, person)
            await require_composer(tx, seen, person)
            return await self.describe(tx, seen, actor.mark.language)

        return await self.transact.read(actor, organisation_of(group_id), work)
