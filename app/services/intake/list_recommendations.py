"""Look through the recommendations that one has given."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.intake.giving import givers_of
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import RecommendationView
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListRecommendations:
    """See which codes you have given, and until when they hold: `sent` or `expired`, by the clock alone (P-h1)."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, page: PageRequest
    ) -> Page[RecommendationView]:
        async def work(tx: IntakeUnitOfWork) -> Page[RecommendationView]:
            await tx.organisations.get(organisation_id)
            givers = await givers_of(tx, actor)
            now = await tx.read_clock()
            found = await tx.intake_reads.receipts(givers, page)
            shown = [RecommendationView.of(receipt, now, []) for receipt in found.items]
            return Page(items=shown, after=found.after)

        return await self.transact.read(actor, organisation_id, work)
