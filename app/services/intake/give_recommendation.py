"""Give codes that invite to an organisation."""

from dataclasses import dataclass

from app.domain.intake.interest import kept_for
from app.domain.intake.recommendation import CODE_BYTES, Recommendation, code_from, code_hash
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, RecommendationId
from app.services.intake.giving import giver_of
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import RecommendationView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class GiveRecommendation:
    """Get codes to hand to people whom you have told about self-help groups (R-12). Each can be used once.

    A recommendation is an invitation, never more (A-06): the codes hold nothing about anyone, there is no field for a
    name, and whether one was used you never learn (P-h1). The codes are shown this once; what gets lost expires.
    """

    transact: Transact[IntakeUnitOfWork]

    async def __call__(
        self, actor: Actor, organisation_id: OrganisationId, how_many: int = 1
    ) -> RecommendationView:
        async def work(tx: IntakeUnitOfWork) -> RecommendationView:
            await tx.organisations.get(organisation_id)
            giver = await giver_of(tx, actor)
            now = await tx.read_clock()
            await tx.intake_retention.purge(now)
            days = (await tx.policies.holding(now)).settings.recommendation_days
            receipt = Recommendation(
                id=RecommendationId(tx.new_id()),
                organisation_id=organisation_id,
                giver_id=giver,
                how_many=how_many,
                given_at=now,
                expires_at=kept_for(now, days),
            )
            codes = [code_from(tx.random_bytes(CODE_BYTES)) for _ in range(how_many)]
            await tx.recommendations.add(receipt, [code_hash(code) for code in codes])
            return RecommendationView.of(receipt, now, codes)

        # No idempotency key: a kept answer would keep the codes, too.
        return await self.transact.write(actor, organisation_id, work)
