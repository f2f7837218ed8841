"""Say: nobody new for now."""

from dataclasses import dataclass

from app.domain.groups.standing import require_member
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.counting import require_counted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class CloseForNewPeople:
    """Close your group for new people. Any one member may, at once; it takes a ballot to open it again (A-01, B-30).

    Ballots under way and places already offered go on.
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            seen = await tx.standings.lock(group_id, person)
            require_member(seen.standing)
            require_counted(await tx.ballots.lock_live(group_id), tx.now)
            if seen.group.is_open_for_new(tx.now):
                seen.group.close_for_new(tx.now)
                await tx.groups.save(seen.group)
                tx.emit(Event("group.closed_for_new", group_id, {"group": group_id}))
            return GroupView.of(await tx.group_reads.page(group_id, person), tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroupView)
