"""Look through the ground rules of a group."""

from dataclasses import dataclass

from app.domain.groups.standing import require_member
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.own_views import GroundRulesView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.counting import require_counted
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListGroundRules:
    """List your group's ground rules: what holds, what held before, and what was only drafted; newest first."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, page: PageRequest) -> Page[GroundRulesView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> Page[GroundRulesView]:
            seen = await tx.standings.look(group_id, person)
            require_member(seen.standing)
            require_counted(await tx.ballots.live(group_id), tx.now)
            found = await tx.own_reads.ground_rules(group_id, page)
            views = [GroundRulesView.of(rules, seen.group) for rules in found.items]
            return Page(items=views, after=found.after)

        return await self.transact.read(actor, organisation_of(group_id), work)
