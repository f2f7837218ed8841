"""Begin a group that stands alone."""

from dataclasses import dataclass

from app.domain.groups.composition import Composition
from app.domain.groups.convening import NotANationalBody
from app.domain.groups.errors import InAnotherGroup
from app.domain.groups.group import Form, Group, Origin, require_seats_within
from app.domain.groups.membership import Membership, Placement
from app.domain.organisations.organisation import Level, NotRegistered
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, MembershipId, OrganisationId, PlacementId
from app.services.groups.codes import new_code
from app.services.groups.intake_gate import require_intake
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class BeginGroup:
    """Begin a group of your own, without any organisation's staff (G-22, G-23). You have its first place, and you invite to
    its first meeting: give its code to people, and invite those who ask. With the first meeting you are a member like all.

    The national body of your country keeps such groups; none of its people can compose them or see into them.
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        form: Form,
        area: str,
        language: str,
        alias: str,
        theme: str | None = None,
        seats: int | None = None,
        composition: Composition | None = None,
    ) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            if (await tx.organisations.get(organisation_id)).level is not Level.NATIONAL:
                raise NotANationalBody
            if not await tx.registrations.has(person):
                raise NotRegistered
            now = await tx.read_clock()
            settings = (await tx.policies.holding(now)).settings
            wanted = settings.size_max if seats is None else seats
            require_seats_within(wanted, settings.size_max)
            group = Group.beginning(
                GroupId(tx.new_id()),
                organisation_id,
                now,
                theme=theme,
                form=form,
                area=area,
                language=language,
                seats=wanted,
                origin=Origin.STAND_ALONE,
            )
            if composition is not None:
                group.state_composition(composition, settings.open_from_age)
            await require_intake(tx, group, person)
            await tx.groups.add(group, new_code(tx))
            placement = Placement(
                id=PlacementId(tx.new_id()),
                organisation_id=organisation_id,
                group_id=group.id,
                person_id=person,
                invited_at=now,
                accepted_at=now,
                declined_at=None,
                withdrawn_at=None,
            )
            await tx.placements.add(placement)
            membership = Membership(
                id=MembershipId(tx.new_id()),
                organisation_id=organisation_id,
                group_id=group.id,
                person_id=person,
                alias=alias,
                placement_id=placement.id,
                ballot_id=None,
                generation=1,
                joined_at=now,
                left_at=None,
            )
            if not settings.parallel_membership and await tx.memberships.elsewhere(person, group.id):
                raise InAnotherGroup
            await tx.memberships.add(membership)
            await tx.groups.take_seat(group, membership.id)
            await tx.convenors.name(group.id, membership.id, now)
            tx.emit(Event("group.begun", group.id, {"group": group.id}))
            return GroupView.of(await tx.group_reads.page(group.id, person), tx.now)

        return await self.transact.write(actor, organisation_id, work, answer=GroupView)
