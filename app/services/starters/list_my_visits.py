"""Look at the meetings to which one is invited."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact
from app.services.starters.own_views import MyVisitView
from app.services.starters.ports import StartersUnitOfWork


@dataclass(frozen=True, slots=True)
class ListMyVisits:
    """See the meetings to which groups that you helped to start have invited you back: time and place, until they end."""

    transact: Transact[StartersUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor) -> list[MyVisitView]:
        person = actor.person_id

        async def work(tx: StartersUnitOfWork) -> list[MyVisitView]:
            return [MyVisitView.of(facts) for facts in await tx.starter_reads.visits_of(person)]

        found: list[MyVisitView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
