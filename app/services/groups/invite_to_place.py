"""Invite somebody into a forming group."""

from dataclasses import dataclass

from app.domain.groups.group import Origin
from app.domain.groups.membership import Placement
from app.domain.groups.waiting import NotWaiting
from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, PersonId, PlacementId, organisation_of
from app.services.groups.intake_gate import require_intake
from app.services.groups.place_views import PlacementView
from app.services.groups.places import forming_group
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class InviteToPlace:
    """Invite a person whose intake allows it into a forming group; they accept the place themselves, or not (A-07).

    In a group that stands alone its convenors invite, and only people who have asked for a place with its code (G-23).
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(self, actor: Actor, group_id: GroupId, person_id: PersonId) -> PlacementView:
        organiser = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> PlacementView:
            seen = await forming_group(tx, group_id, organiser)
            now = tx.now
            if seen.group.origin is Origin.STAND_ALONE:
                # Convenors are no staff: they know who has asked them, and nothing of anybody's intake. The person has
                # met that question when they asked, and meets it again when they accept.
                if not await tx.waiting_list.has(group_id, person_id):
                    raise NotWaiting
            else:
                if not await tx.registrations.has(person_id):
                    raise NotRegistered
                await require_intake(tx, seen.group, person_id)
            placement = Placement(
                id=PlacementId(tx.new_id()),
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                person_id=person_id,
                invited_at=now,
                accepted_at=None,
                declined_at=None,
                withdrawn_at=None,
            )
            await tx.placements.add(placement)
            tx.emit(
                Event("group.place.offered", placement.id, {"group": group_id, "placement": placement.id})
            )
            return PlacementView.of(placement)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=PlacementView)
