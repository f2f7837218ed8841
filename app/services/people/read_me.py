"""Look at oneself."""

from dataclasses import dataclass

from app.domain.people.person import NotIntroduced, Person
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.ids import OrganisationId
from app.services.people.home import look_home
from app.services.people.home_ports import HomeUnitOfWork
from app.services.people.home_views import HomeView
from app.services.people.ports import PersonalUnitOfWork, TransactPersonally
from app.services.people.views import MeView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadMe:
    """See what the service knows of you and, as your first screen needs it, what is yours in all your organisations.

    Your groups and their next meetings, ballots that wait for your vote, offers that wait for your answer, your
    applications, declarations to sign, your training, your sign-ups. Nothing about anybody else.
    """

    transact_personally: TransactPersonally
    transact: Transact[HomeUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor) -> MeView:
        if actor.is_system or not actor.is_known:
            raise PersonNeeded
        if actor.person is None:
            raise NotIntroduced
        person_id = actor.person

        async def introduced(tx: PersonalUnitOfWork) -> tuple[Person, list[OrganisationId]]:
            await tx.become(person_id)
            person = await tx.find(person_id)
            if person is None:
                raise NotIntroduced
            return person, await tx.organisations(person_id)

        person, organisations = await self.transact_personally(actor, introduced)
        parts = [await self._part(actor, each) for each in organisations]
        return MeView.of(person, organisations, HomeView.of(parts))

    async def _part(self, actor: Actor, organisation: OrganisationId) -> HomeView:
        async def work(tx: HomeUnitOfWork) -> HomeView:
            return await look_home(tx, actor, organisation, self.words)

        return await self.transact.read(actor, organisation, work)
