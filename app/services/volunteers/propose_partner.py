"""Propose to reflect together."""

import base64
from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.errors import HasResigned
from app.domain.volunteers.volunteer import hash_of
from app.services.ports.transaction import Transact
from app.services.volunteers.ports import VolunteersUnitOfWork
from app.services.volunteers.views import PartnerProposalView


@dataclass(frozen=True, slots=True)
class ProposePartner:
    """Propose to reflect together (V-11): hand the code to another volunteer, who accepts it or doesn't.

    You alone see it, and only now; proposing again replaces it. It can be accepted once, for 14 days.
    """

    transact: Transact[VolunteersUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> PartnerProposalView:
        person = actor.person_id

        async def work(tx: VolunteersUnitOfWork) -> PartnerProposalView:
            volunteer = await tx.volunteers.lock(person)
            if (await tx.volunteers.record(person)).has_resigned(tx.now):
                raise HasResigned
            code = base64.b32encode(tx.random_bytes(15)).decode().lower()
            expires_at = volunteer.propose_partner(hash_of(code), tx.now)
            await tx.volunteers.save(volunteer)
            return PartnerProposalView(code=code, expires_at=expires_at)

        return await self.transact.write(actor, organisation_id, work, answer=PartnerProposalView)
