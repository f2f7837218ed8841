"""Withdraw an interest."""

from dataclasses import dataclass

from app.domain.intake.errors import InterestNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class WithdrawInterest:
    """Withdraw your interest, without a reason. It is deleted at once, with whom you would rather not meet."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(self, actor: Actor, organisation_id: OrganisationId) -> None:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> None:
            found = await tx.interests.find(person)
            if found is None or not found.is_kept(await tx.read_clock()):
                raise InterestNotFound
            await tx.interests.remove(person)

        await self.transact.write(actor, organisation_id, work)
