"""Write down what the group might agree on."""

from dataclasses import dataclass

from app.domain.groups.ground_rules import Agreement, GroundRules
from app.domain.groups.standing import require_member
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroundRulesId, GroupId, organisation_of
from app.services.groups.own_views import GroundRulesView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class DraftGroundRules:
    """Write down what your group might agree on. Any member may; the group adopts it by a ballot (G-15).

    A draft stands as it was written. Staff never see it.
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, agreement: Agreement) -> GroundRulesView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroundRulesView:
            seen = await tx.standings.lock(group_id, person)
            require_member(seen.standing)
            rules = GroundRules(
                id=GroundRulesId(tx.new_id()),
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                drafted_at=tx.now,
                agreement=agreement,
                adopted_at=None,
            )
            await tx.ground_rules.add(rules)
            return GroundRulesView.of(rules, seen.group)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroundRulesView)
