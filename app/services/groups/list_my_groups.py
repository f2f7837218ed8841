"""Look at one's own groups."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.counting import require_counted
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyGroups:
    """See every group that you have a place in, with its members and its next meeting as far as you may see them."""

    transact: Transact[GroupsUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor) -> list[GroupView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[GroupView]:
            pages = await tx.group_reads.mine(person)
            views = [GroupView.of(page, tx.now) for page in pages]
            deciding = [page.seen.group.id for page in pages if page.has_live_ballot]
            if deciding:
                require_counted(await tx.ballots.live_in(deciding), tx.now)
            return views

        found: list[GroupView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
