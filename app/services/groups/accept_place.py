"""Accept a place in a forming group."""

from dataclasses import dataclass

from app.domain.groups.errors import InAnotherGroup
from app.domain.groups.membership import Membership
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import MembershipId, PlacementId, organisation_of
from app.services.groups.intake_gate import require_intake
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class AcceptPlace:
    """Take the place that was offered to you in a forming group, under an alias of your own choosing.

    From the start of the first meeting this door is shut for everybody (A-01); accepting twice is the same as once.
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, placement_id: PlacementId, alias: str) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            group_id = await tx.placements.group_of(placement_id, person)
            seen = await tx.standings.lock(group_id, person)
            placement = await tx.placements.lock(placement_id)
            if placement.accepted_at is not None and seen.membership_id is not None:
                return GroupView.of(await tx.group_reads.page(group_id, person), tx.now)
            seen.group.require_forming(tx.now)
            placement.accept(tx.now)
            settings = (await tx.policies.holding(tx.now)).settings
            await require_intake(tx, seen.group, person)
            if not settings.parallel_membership and await tx.memberships.elsewhere(person, group_id):
                raise InAnotherGroup
            await tx.placements.save(placement)
            membership = Membership(
                id=MembershipId(tx.new_id()),
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                person_id=person,
                alias=alias,
                placement_id=placement.id,
                ballot_id=None,
                generation=seen.group.generation,
                joined_at=tx.now,
                left_at=None,
            )
            await tx.memberships.add(membership)
            await tx.groups.take_seat(seen.group, membership.id)
            await tx.waiting_list.remove(group_id, person)
            tx.emit(Event("group.place.accepted", group_id, {"group": group_id}))
            return GroupView.of(await tx.group_reads.page(group_id, person), tx.now)

        return await self.transact.write(actor, organisation_of(placement_id), work, answer=GroupView)
