"""Protect one's identity."""

from dataclasses import dataclass

from app.domain.people.person import NotIntroduced
from app.domain.people.protection import ProtectedBy
from app.domain.shared.actor import Actor
from app.services.people.ports import PersonalUnitOfWork, TransactPersonally
from app.services.people.protection_views import ProtectionView


@dataclass(frozen=True, slots=True)
class ProtectMyIdentity:
    """Say that your identity is protected (in Norway code 6 or 7, in Denmark name and address protection). Nobody asks
    which, or for a proof, and saying it again changes nothing.

    From then on your name isn't kept with any organisation, no member of staff sees your area or how to reach you, and
    nobody but its signed members sees where your groups meet. What your login says holds, too, and a login that doesn't say
    it takes nothing away.
    """

    transact: TransactPersonally

    async def __call__(self, actor: Actor) -> ProtectionView:
        person_id = actor.person_id

        async def work(tx: PersonalUnitOfWork) -> ProtectionView:
            person = await tx.lock(person_id)
            if person is None:
                raise NotIntroduced
            changed = person.protected(ProtectedBy.ONESELF, await tx.read_clock())
            await tx.put_protection(changed)
            return ProtectionView.of(changed)

        return await self.transact(actor, work)
