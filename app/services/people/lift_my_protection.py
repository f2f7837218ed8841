"""Stop protecting one's identity."""

from dataclasses import dataclass

from app.domain.people.person import NotIntroduced
from app.domain.shared.actor import Actor
from app.services.people.ports import PersonalUnitOfWork, TransactPersonally
from app.services.people.protection_views import ProtectionView


@dataclass(frozen=True, slots=True)
class LiftMyProtection:
    """Say that your identity is not protected any more. Only you can, and not while your login still says that it is.

    Your name isn't here any more: register again with it where you like. Where your groups meet stays as it is: nobody is
    to learn from it whom it was for.
    """

    transact: TransactPersonally

    async def __call__(self, actor: Actor) -> ProtectionView:
        person_id = actor.person_id

        async def work(tx: PersonalUnitOfWork) -> ProtectionView:
            person = await tx.lock(person_id)
            if person is None:
                raise NotIntroduced
            changed = person.unprotected(login_says_so=bool(actor.address_protected))
            await tx.put_protection(changed)
            return ProtectionView.of(changed)

        return await self.transact(actor, work)
