"""Look back at the groups that one was in."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.groups.own_views import PastMembershipView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.people import MyOrganisations
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListPastMemberships:
    """See the groups that you were in and are not any more, with a few words for the way, and other help (D-h4, G-h8)."""

    transact: Transact[GroupsUnitOfWork]
    my_organisations: MyOrganisations
    words: Words

    async def __call__(self, actor: Actor) -> list[PastMembershipView]:
        person = actor.person_id
        language = actor.mark.language

        async def work(tx: GroupsUnitOfWork) -> list[PastMembershipView]:
            return [
                PastMembershipView.of(past, self.words, language)
                for past in await tx.own_reads.past_memberships(person)
            ]

        found: list[PastMembershipView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
