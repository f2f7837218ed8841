"""Use a code that somebody was given."""

from dataclasses import dataclass

from app.domain.intake.errors import CodeNotUsable
from app.domain.intake.interest import Wishes
from app.domain.intake.recommendation import code_hash
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.registering import put_interest, require_registered
from app.services.intake.views import InterestView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ActivateRecommendation:
    """Use a code that you were given: it becomes an interest of your own, as if you had come by yourself (A-06, A-07).

    Until then nothing exists about you, and afterwards nothing says that there was a code. A code that was used, that has
    expired or that never was is answered alike (P-h16); you can register an interest without any.
    """

    transact: Transact[IntakeUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, code: str, wishes: Wishes, i_am_of_age: bool
    ) -> InterestView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> InterestView:
            await require_registered(tx, person, i_am_of_age)
            if not await tx.recommendations.use(code_hash(code), tx.now):
                raise CodeNotUsable
            return await put_interest(tx, organisation_id, person, wishes)

        return await self.transact.write(actor, organisation_id, work, answer=InterestView)
