"""Look at one's own interest."""

from dataclasses import dataclass

from app.domain.intake.errors import InterestNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import InterestView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadMyInterest:
    """See the interest that you have registered with an organisation."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> InterestView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> InterestView:
            found = await tx.intake_reads.interest(person, await tx.read_clock())
            if found is None:
                raise InterestNotFound
            return found

        return await self.transact.read(actor, organisation_id, work)
