"""Take back the wish for a place."""

from dataclasses import dataclass

from app.domain.groups.waiting import NotWaiting
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class WithdrawWish:
    """Take back your wish for a place in a forming group. It needs no reason, and nothing of it is kept (G-21)."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> None:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> None:
            if not await tx.waiting_list.remove(group_id, person):
                raise NotWaiting

        await self.transact.write(actor, organisation_of(group_id), work)
