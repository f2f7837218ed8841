"""Register an interest."""

from dataclasses import dataclass

from app.domain.intake.interest import Wishes
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.registering import put_interest, require_registered
from app.services.intake.views import InterestView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class RegisterInterest:
    """Say yourself what you look for in a group (A-07). Again: to change it, or to keep it for longer.

    Nobody can do it for you (A-06), and nothing asks how heavy your burden is (I-09) or whether you are in
    treatment (R-11). After the organisation's time for it, it is gone by itself.
    """

    transact: Transact[IntakeUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, wishes: Wishes, i_am_of_age: bool
    ) -> InterestView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> InterestView:
            await require_registered(tx, person, i_am_of_age)
            return await put_interest(tx, organisation_id, person, wishes)

        return await self.transact.write(actor, organisation_id, work)
