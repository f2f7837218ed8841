"""Look at the starters of a group."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.ports.paging import Page, PageRequest
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import look_at, require_viewer
from app.services.starters.showing import show
from app.services.starters.views import AssignmentView


@dataclass(frozen=True, slots=True)
class ListStarters:
    """See who helps the group to start and when they leave, newest first: members from the first meeting on (X-04, X-11),
    the starters themselves as long as they help, coordinators always."""

    transact: Transact[StartersUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, group_id: GroupId, page: PageRequest) -> Page[AssignmentView]:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> Page[AssignmentView]:
            seen = await look_at(tx, group_id, person)
            await require_viewer(tx, seen, person, GroupNotFound)
            found = await tx.starter_reads.of_group(group_id, page)
            return Page(items=await show(tx, seen, found.items, actor, self.words), after=found.after)

        return await self.transact.read(actor, organisation_of(group_id), work)
