"""See what an erasure would do."""

from collections import Counter
from dataclasses import dataclass

from app.domain.keeping.erasure import Erased, word_to_repeat
from app.domain.organisations.organisation import Role
from app.domain.people.person import NotIntroduced
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.ids import OrganisationId
from app.services.keeping.erasure_views import ErasedSortView, ErasurePlanView, in_order, told
from app.services.keeping.ports import FoundTable, GatherPersonal, KeepingUnitOfWork
from app.services.ports.people import MyOrganisations
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class PlanMyErasure:
    """See what will go and what will stay if you have yourself erased, and why. Nothing happens yet.

    Each sort of thing that is held about you, with what becomes of it; what happens in your groups; and a word that you
    repeat when you ask for it.
    """

    transact: Transact[KeepingUnitOfWork]
    personal: GatherPersonal
    my_organisations: MyOrganisations
    words: Words

    async def __call__(self, actor: Actor) -> ErasurePlanView:
        if actor.is_system or not actor.is_known:
            raise PersonNeeded
        if actor.person is None:
            raise NotIntroduced
        person, language = actor.person, actor.mark.language
        found, alone = list(await self.personal(actor)), list[OrganisationId]()

        async def work(tx: KeepingUnitOfWork) -> tuple[list[FoundTable], bool]:
            is_alone = False
            if Role.ADMINISTRATOR in await tx.roles.of(person):
                is_alone = await tx.roles.lock_administrators() == [person]
            return await tx.own_data.gather(person), is_alone

        for organisation in await self.my_organisations(actor):
            here, is_alone = await self.transact.write(actor, organisation, work)
            found += here
            alone += [organisation] if is_alone else []
        entries: Counter[tuple[str, Erased]] = Counter()
        for each in found:
            entries[each.table, each.erased] += len(each.rows)
        return ErasurePlanView(
            sorts=in_order(
                ErasedSortView.of(name, becomes, number, self.words, language)
                for (name, becomes), number in entries.items()
                if number
            ),
            sentences=told(self.words, language),
            last_administrator_of=alone,
            confirmation=word_to_repeat(person),
        )
