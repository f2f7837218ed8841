"""See where one waits for a place."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.groups.forming_views import WaitingView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyWaiting:
    """See the forming groups in which you wait for a place."""

    transact: Transact[GroupsUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor) -> list[WaitingView]:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> list[WaitingView]:
            return await tx.forming_reads.my_waiting(person)

        found: list[WaitingView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
