"""Ask for a place in a forming group."""

from dataclasses import dataclass

from app.domain.groups.errors import AlreadyMember, GroupNotFound
from app.domain.groups.group import Origin
from app.domain.groups.waiting import Waiting
from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.services.groups.forming_views import WaitingView
from app.services.groups.intake_gate import require_intake
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class AskForPlace:
    """Ask for a place in a group that is forming, with the code that stands with its offer: your own wish, and nobody
    else's (A-07). Whoever composes the group sees the list in the order of asking, and invites from it.

    Asking again changes nothing. Your wish ends when you take a place or say no to one, when you withdraw it, and when
    the group begins.
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, application_code: str, alias: str
    ) -> WaitingView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> WaitingView:
            await tx.organisations.get(organisation_id)
            if not await tx.registrations.has(person):
                raise NotRegistered
            group_id = await tx.forming_reads.group_by_code(application_code)
            if group_id is None:
                raise GroupNotFound
            seen = await tx.standings.lock(group_id, person)
            if seen.membership_id is not None:
                raise AlreadyMember
            seen.group.require_forming(tx.now)
            if seen.group.origin is Origin.STAND_ALONE:
                # Convenors are no staff: whether somebody's intake allows it, the person alone hears, and now.
                await require_intake(tx, seen.group, person)
            await tx.waiting_list.forget_ended()
            waiting = Waiting(
                organisation_id=organisation_id,
                group_id=group_id,
                person_id=person,
                alias=alias,
                asked_at=tx.now,
            )
            kept = await tx.waiting_list.put(waiting)
            if kept == waiting:
                tx.emit(Event("group.place.asked_for", group_id, {"group": group_id}))
            mine = await tx.forming_reads.my_waiting(person)
            return next(view for view in mine if view.group_id == group_id)

        return await self.transact.write(actor, organisation_id, work, door=Door.PUBLIC, answer=WaitingView)
