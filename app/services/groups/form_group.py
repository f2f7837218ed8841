"""Begin a group."""

from dataclasses import dataclass

from app.domain.groups.composition import Composition
from app.domain.groups.group import Form, Group, require_seats_within
from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import GroupId, OrganisationId
from app.services.groups.codes import new_code
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Begin a group: a coordinator names theme, form and place; people are invited one by one (G-13, G-14, G-27)."""

    transact: Transact[GroupsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        form: Form,
        area: str,
        language: str,
        theme: str | None = None,
        seats: int | None = None,
        composition: Composition | None = None,
        starter_helps: bool = False,
    ) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            if Role.COORDINATOR not in await tx.roles.of(person):
                raise NotStaff
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
                starter_helps=starter_helps,
            )
            if composition is not None:
                group.state_composition(composition, settings.open_from_age)
            await tx.groups.add(group, new_code(tx))
            tx.emit(Event("group.formed", group.id, {"group": group.id}))
            return GroupView.of(await tx.group_reads.page(group.id, person), tx.now)

        return await self.transact.write(actor, organisation_id, work, answer=GroupView)
