"""Look through a group's invitations to visits."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact
from app.services.starters.own_views import VisitView
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import require_group_member


@dataclass(frozen=True, slots=True)
class ListVisits:
    """List your group's invitations to starters who have left, newest first (X-07)."""

    transact: Transact[StartersUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, page: PageRequest) -> Page[VisitView]:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> Page[VisitView]:
            seen = await tx.standings.look(group_id, person)
            require_group_member(seen, GroupNotFound)
            found = await tx.starter_reads.visits(group_id, page)
            return Page(items=[VisitView.of(facts, tx.now) for facts in found.items], after=found.after)

        return await self.transact.read(actor, organisation_of(group_id), work)
