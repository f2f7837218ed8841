"""Introduce oneself."""

from dataclasses import dataclass

from app.domain.people.person import AccountNotOfAge, AgeConfirmation, NotOfAge, Person
from app.domain.people.protection import ProtectedBy
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.services.people.ports import PersonalUnitOfWork, TransactPersonally
from app.services.people.views import MeView


@dataclass(frozen=True, slots=True)
class IntroduceMyself:
    """Say what you want to be called and that you have turned 18; later: change your name or languages.

    Whoever is younger is met with other ways to help, and nothing about them is kept (G-08, I-h2), also where an
    organisation has a programme for young people: that isn't run through this service. Whoever has an account already is
    told that it stands, and how to have it erased. A language that is named twice counts once.
    """

    transact: TransactPersonally

    async def __call__(
        self, actor: Actor, chosen_name: str, languages: list[str], i_am_of_age: bool
    ) -> MeView:
        if actor.is_system or not actor.is_known:
            raise PersonNeeded
        if not i_am_of_age:
            raise NotOfAge if actor.person is None else AccountNotOfAge

        async def work(tx: PersonalUnitOfWork) -> MeView:
            now = await tx.read_clock()
            known = await tx.owner_of_login()
            person_id = known or tx.new_person_id()
            await tx.become(person_id)
            before = await tx.find(person_id) if known is not None else None
            person = Person(
                id=person_id,
                chosen_name=chosen_name,
                languages=tuple(dict.fromkeys(languages)),
                of_age_confirmed_at=before.of_age_confirmed_at if before else now,
                of_age_confirmed_by=before.of_age_confirmed_by if before else AgeConfirmation.SELF_DECLARED,
                introduced_at=before.introduced_at if before else now,
                version=before.version + 1 if before else 1,
                protected_at=before.protected_at if before else None,
                protected_by=before.protected_by if before else None,
            )
            if known is None and actor.address_protected:
                person = person.protected(ProtectedBy.LOGIN, now)
            await tx.put(person)
            if known is None:
                await tx.link_login(person_id)
            return MeView.of(person, await tx.organisations(person_id))

        return await self.transact(actor, work)
