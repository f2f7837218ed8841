"""Look at one's own records everywhere."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.volunteers.errors import VolunteerNotFound
from app.services.ports.people import MyOrganisations
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.showing import show
from app.services.volunteers.views import VolunteerView


@dataclass(frozen=True, slots=True)
class ListMyVolunteering:
    """See what your training amounts to now, in each organisation that you have offered to help."""

    transact: Transact[VolunteersUnitOfWork]
    words: Words
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor) -> list[VolunteerView]:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> list[VolunteerView]:
            try:
                return [await show(tx, actor, person, self.words, None)]
            except VolunteerNotFound:
                return []

        found: list[VolunteerView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
