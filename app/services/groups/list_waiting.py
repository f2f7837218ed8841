"""See who waits for a place."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.forming_views import WaitingEntryView
from app.services.groups.places import require_composer
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListWaiting:
    """See who waits for a place in the forming group that you compose, in the order of asking. Once the group has begun
    there is no list any more (A-01)."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, page: PageRequest) -> Page[WaitingEntryView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> Page[WaitingEntryView]:
            seen = await tx.standings.look(group_id, person)
            await require_composer(tx, seen, person)
            return await tx.forming_reads.waiting(group_id, page)

        return await self.transact.read(actor, organisation_of(group_id), work)
