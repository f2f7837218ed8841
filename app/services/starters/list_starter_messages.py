"""Read what the starters have written before the first meeting."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact
from app.services.starters.own_views import StarterMessageView
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import look_at


@dataclass(frozen=True, slots=True)
class ListStarterMessages:
    """Read what your group's starters have written, newest first (V-17). Their words end with their exit."""

    transact: Transact[StartersUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, page: PageRequest) -> Page[StarterMessageView]:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> Page[StarterMessageView]:
            seen = await look_at(tx, group_id, person)
            has_place = seen.standing in (Standing.MEMBER, Standing.UNSIGNED)
            if not has_place and seen.assignment_id is None:
                raise GroupNotFound
            meetings = await tx.assignments.meetings_of(group_id)
            there = [
                each.id
                for each in await tx.assignments.of_group(group_id)
                if not each.is_over(meetings, tx.now) and (has_place or each.id == seen.assignment_id)
            ]
            found = await tx.starter_reads.messages(group_id, there, page)
            return Page(items=[StarterMessageView.of(facts) for facts in found.items], after=found.after)

        return await self.transact.read(actor, organisation_of(group_id), work)
