"""Look at one's own invitations."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.groups.place_views import InvitationView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyInvitations:
    """See the invitations into forming groups that wait for your answer."""

    transact: Transact[GroupsUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor) -> list[InvitationView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[InvitationView]:
            return await tx.forming_reads.my_invitations(person)

        found: list[InvitationView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
