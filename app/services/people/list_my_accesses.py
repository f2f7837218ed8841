"""See who has looked."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import NOBODY, OrganisationId, PersonId
from app.services.people.access_views import AccessView
from app.services.ports.access_log import NamesUnitOfWork, NotedAccess, OwnAccessLog
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyAccesses:
    """See who has looked at what is held about you, and who has changed it: when, as what, for which purpose, the newest
    first.

    Nobody but you can ask for this, and nobody can search it. What happens inside your groups is not in it, as nobody
    outside of them sees it. Entries are kept for a year.
    """

    own_log: OwnAccessLog
    transact: Transact[NamesUnitOfWork]

    async def __call__(self, actor: Actor, page: PageRequest) -> Page[AccessView]:
        found = await self.own_log(actor, page)
        names = {
            organisation: await self._names(actor, organisation, found.items)
            for organisation in {each.organisation_id for each in found.items} - {NOBODY}
        }
        shown = [
            AccessView.of(each, names.get(each.organisation_id, {}).get(each.actor_id))
            if each.actor_id is not None
            else AccessView.of(each, None)
            for each in found.items
        ]
        return Page(items=shown, after=found.after)

    async def _names(
        self, actor: Actor, organisation: OrganisationId, noted: list[NotedAccess]
    ) -> dict[PersonId, str]:
        readers = {
            each.actor_id
            for each in noted
            if each.actor_id is not None and each.organisation_id == organisation
        }

        async def work(tx: NamesUnitOfWork) -> dict[PersonId, str]:
            return await tx.names.names_of(readers)

        return await self.transact.read(actor, organisation, work)
