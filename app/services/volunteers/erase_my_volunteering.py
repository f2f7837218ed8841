"""Have one's own record erased."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.errors import ResignFirst
from app.services.ports.transaction import Transact
from app.services.volunteers.pairs import part
from app.services.volunteers.ports import VolunteersUnitOfWork


@dataclass(frozen=True, slots=True)
class EraseMyVolunteering:
    """Erase your offer and your whole training record, once you have stopped volunteering. There is no way back from it.

    What groups remember of their beginnings stays with them, without you in it (S-h12).
    """

    transact: Transact[VolunteersUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> None:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> None:
            await part(tx, person)
            if not (await tx.volunteers.record(person)).has_resigned(tx.now):
                raise ResignFirst
            await tx.volunteers.erase(person)
            tx.emit(Event("volunteer.erased", person, {"organisation": organisation_id}))

        await self.transact.write(actor, organisation_id, work)
