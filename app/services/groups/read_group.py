"""Look at a group."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.counting import require_counted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """See a group: members see all of it, staff as good as nothing once it is closed, outsiders nothing at all."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            page = await tx.group_reads.page(group_id, person)
            view = GroupView.of(page, tx.now)
            if page.one_may_be_due:
                require_counted(await tx.ballots.live(group_id), tx.now)
            return view

        return await self.transact.read(actor, organisation_of(group_id), work)
