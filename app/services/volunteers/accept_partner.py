"""Say yes to reflecting together."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.errors import HasResigned, NotProposed
from app.domain.volunteers.volunteer import hash_of
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.volunteers.pairs import lock_all
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.showing import show
from app.services.volunteers.views import VolunteerView


@dataclass(frozen=True, slots=True)
class AcceptPartner:
    """Accept a proposal to reflect together, by the code that another volunteer has given you (V-11).

    From then on both see each other's name here, and nothing else of each other. Either can end it at any time.
    """

    transact: Transact[VolunteersUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, organisation_id: OrganisationId, code: str) -> VolunteerView:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> VolunteerView:
            proposer_id = await tx.volunteers.find_proposer(hash_of(code))
            if proposer_id is None:
                await tx.volunteers.lock(person)
                raise NotProposed
            both = await lock_all(tx, {person, proposer_id})
            me, proposer = both[person], both[proposer_id]
            for each in both:
                if (await tx.volunteers.record(each)).has_resigned(tx.now):
                    raise HasResigned if each == person else NotProposed
            me.accept_partner(proposer, hash_of(code), tx.now)
            await tx.volunteers.save(me)
            await tx.volunteers.save(proposer)
            tx.emit(Event("volunteer.partner.accepted", proposer_id, {"organisation": organisation_id}))
            return await show(tx, actor, person, self.words, tx.now)

        return await self.transact.write(actor, organisation_id, work, answer=VolunteerView)
