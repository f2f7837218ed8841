"""Look at oneself."""

from dataclasses import dataclass

from app.domain.people.person import NotIntroduced
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.services.people.ports import PersonalUnitOfWork, TransactPersonally
from app.services.people.views import MeView


@dataclass(frozen=True, slots=True)
class ReadMe:
    """See what the service knows of you, and which organisations you have registered with."""

    transact: TransactPersonally

    async def __call__(self, actor: Actor) -> MeView:
        if actor.is_system or not actor.is_known:
            raise PersonNeeded
        if actor.person is None:
            raise NotIntroduced
        person_id = actor.person

        async def work(tx: PersonalUnitOfWork) -> MeView:
            await tx.become(person_id)
            person = await tx.find(person_id)
            if person is None:
                raise NotIntroduced
            return MeView.of(person, await tx.organisations(person_id))

        return await self.transact(actor, work)
