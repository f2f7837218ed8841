"""Withdraw from an intake conversation."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssessmentId, organisation_of
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import own_assessment
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class WithdrawAssessment:
    """Withdraw your wish for a conversation, without a reason, before it has an outcome. All of it is deleted at once."""

    transact: Transact[IntakeUnitOfWork]

    async def __call__(self, actor: Actor, assessment_id: AssessmentId) -> None:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> None:
            assessment = await own_assessment(tx, assessment_id, person)
            assessment.require_open(tx.now)
            await tx.assessments.remove(assessment_id)

        await self.transact.write(actor, organisation_of(assessment_id), work)
