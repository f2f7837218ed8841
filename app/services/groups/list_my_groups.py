"""Look at one's own groups."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.counting import require_counted
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact

Also = Callable[[GroupsUnitOfWork, Sequence[GroupView]], Awaitable[None]]
"""Looks at more of what was found, in the same transaction; it is run again where the transaction is."""


@dataclass(frozen=True, slots=True)
class ListMyGroups:
    """See every group that you have a place in, with its members and its next meeting as far as you may see them."""

    transact: Transact[GroupsUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor, also: Also | None = None) -> list[GroupView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[GroupView]:
            pages = await tx.group_reads.mine(person)
            views = [GroupView.of(page, tx.now) for page in pages]
            deciding = [page.seen.group.id for page in pages if page.one_may_be_due]
            if deciding:
                require_counted(await tx.ballots.live_in(deciding), tx.now)
            if also is not None and views:
                await also(tx, views)
            return views

        found: list[GroupView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
