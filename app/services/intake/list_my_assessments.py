"""Look through one's own intake conversations."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.intake.assessment_views import AssessmentSummaryView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListMyAssessments:
    """See the intake conversations that you have asked for."""

    transact: Transact[IntakeUnitOfWork]
    my_organisations: MyOrganisations

    async def __call__(self, actor: Actor) -> list[AssessmentSummaryView]:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> list[AssessmentSummaryView]:
            return await tx.intake_reads.assessments_of(person, await tx.read_clock())

        found: list[AssessmentSummaryView] = []
        for organisation in await self.my_organisations(actor):
            found += await self.transact.read(actor, organisation, work)
        return found
