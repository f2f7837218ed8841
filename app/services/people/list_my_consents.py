"""Look through one's own consents."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.people.consent_views import ConsentView
from app.services.people.consenting import require_registered
from app.services.people.ports import ConsentsUnitOfWork
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyConsents:
    """See the receipts of all that you have consented to in an organisation, standing or taken back, the newest first."""

    transact: Transact[ConsentsUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest
    ) -> Page[ConsentView]:
        person = actor.person_id

        async def work(tx: ConsentsUnitOfWork) -> Page[ConsentView]:
            await require_registered(tx, person)
            found = await tx.consent_reads.history(person, page)
            controller = (await tx.organisations.get(organisation_id)).name
            return Page(items=[ConsentView.of(each, controller) for each in found.items], after=found.after)

        return await self.transact.read(actor, organisation_id, work)
