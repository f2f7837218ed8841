"""Look at ground rules."""

from dataclasses import dataclass

from app.domain.groups.errors import GroundRulesNotFound, GroupNotFound
from app.domain.groups.standing import require_member
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroundRulesId, organisation_of
from app.services.groups.own_views import GroundRulesView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.counting import require_counted
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadGroundRules:
    """See a draft of your group's ground rules, and whether it holds."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, ground_rules_id: GroundRulesId) -> GroundRulesView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroundRulesView:
            rules = await tx.ground_rules.find(ground_rules_id)
            if rules is None:
                raise GroundRulesNotFound
            seen = await tx.standings.look(rules.group_id, person)
            try:
                require_member(seen.standing)
            except GroupNotFound:
                raise GroundRulesNotFound from None
            require_counted(await tx.ballots.live(rules.group_id), tx.now)
            return GroundRulesView.of(rules, seen.group)

        return await self.transact.read(actor, organisation_of(ground_rules_id), work)
