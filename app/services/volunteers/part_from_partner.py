"""End reflecting together."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.errors import NoPartner
from app.services.ports.transaction import Transact
from app.services.volunteers.pairs import part
from app.services.volunteers.ports import VolunteersUnitOfWork


@dataclass(frozen=True, slots=True)
class PartFromPartner:
    """End reflecting with your discussion partner, for both of you. No reason is asked (V-11)."""

    transact: Transact[VolunteersUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> None:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> None:
            if not await part(tx, person):
                raise NoPartner
            tx.emit(Event("volunteer.partner.ended", person, {"organisation": organisation_id}))

        await self.transact.write(actor, organisation_id, work)
