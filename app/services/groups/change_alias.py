"""Go by another alias in your group."""

from dataclasses import dataclass

from app.domain.groups.standing import require_member
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ChangeAlias:
    """Go by another alias in your group, for no reason that anybody has to know; nobody else there may go by it.

    The others see the new one wherever the earlier stood, in your application to the group, too. Whoever hasn't signed yet
    signs first: which names are taken is told to nobody who may not see them (C-01).
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, alias: str) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            seen = await tx.standings.lock(group_id, person)
            require_member(seen.standing)
            membership = await tx.memberships.get_own(group_id, person)
            membership.go_by(alias)
            await tx.memberships.save(membership)
            if membership.ballot_id is not None:
                await tx.applications.rename(membership.ballot_id, alias)
            return GroupView.of(await tx.group_reads.page(group_id, person), tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroupView)
