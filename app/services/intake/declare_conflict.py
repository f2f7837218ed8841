"""Step back from a conversation."""

from dataclasses import dataclass

from app.domain.intake.errors import AssessmentNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssessmentId, organisation_of
from app.services.intake.assessment_views import AssessmentStepView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import seen_assessment
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class DeclareConflict:
    """Say that you know the person, without saying how: somebody else is to hold the conversation, and it is hidden from
    you from now on (I-h8). Only whoever was to hold it."""

    transact: Transact[IntakeUnitOfWork]
    words: Words

    async def __call__(self, actor: Actor, assessment_id: AssessmentId) -> AssessmentStepView:
        interviewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentStepView:
            assessment, _ = await seen_assessment(tx, assessment_id, interviewer)
            if assessment.interviewer_id != interviewer:
                raise AssessmentNotFound
            assessment.step_back(interviewer, tx.now)
            await tx.assessments.save(assessment)
            tx.emit(Event("intake.assessment.released", assessment.id, {"assessment": assessment.id}))
            country = (await tx.organisations.get(assessment.organisation_id)).country
            help_ = self.words.other_help(country, actor.mark.language)
            return AssessmentStepView.of(assessment, tx.now, help_)

        return await self.transact.write(actor, organisation_of(assessment_id), work)
