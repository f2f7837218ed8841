"""Say: we don't end then."""

from dataclasses import dataclass

from app.domain.groups.standing import require_member
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.counting import require_counted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class DropEndDate:
    """Drop the end that your group has set itself. Any one member may, before it has come; it takes a ballot to set one.

    A group has no end unless all its members want one (G-16), and nobody is bound to go on: whoever likes leaves (G-18).
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            seen = await tx.standings.lock(group_id, person)
            require_member(seen.standing)
            require_counted(await tx.ballots.lock_live(group_id), tx.now)
            if seen.group.ends_at is not None:
                seen.group.drop_end(tx.now)
                await tx.groups.save(seen.group)
            return GroupView.of(await tx.group_reads.page(group_id, person), tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroupView)
