"""Take back one's sign-up."""

from dataclasses import dataclass

from app.domain.courses.errors import SignUpNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.ids import SignUpId, organisation_of
from app.services.courses.ports import CoursesUnitOfWork
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class WithdrawSignUp:
    """Take back your sign-up for the group after a course. Nothing of it is kept."""

    transact: Transact[CoursesUnitOfWork]

    async def __call__(self, actor: Actor, sign_up_id: SignUpId) -> None:
        person = actor.person_id

        async def work(tx: CoursesUnitOfWork) -> None:
            if not await tx.courses.withdraw(sign_up_id, person):
                raise SignUpNotFound

        await self.transact.write(actor, organisation_of(sign_up_id), work)
