"""Name interviewers whom one knows."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssessmentId, PersonId, organisation_of
from app.services.intake.assessment_views import AssessmentStepView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import own_assessment
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class NameKnownInterviewers:
    """Name the interviewers whom you know, anew: none of them holds or reads your conversation (I-h8)."""

    transact: Transact[IntakeUnitOfWork]
    words: Words

    async def __call__(
        self, actor: Actor, assessment_id: AssessmentId, interviewers_i_know: list[PersonId]
    ) -> AssessmentStepView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentStepView:
            assessment = await own_assessment(tx, assessment_id, person)
            assessment.name_known(frozenset(interviewers_i_know), tx.now)
            await tx.assessments.save(assessment)
            country = (await tx.organisations.get(assessment.organisation_id)).country
            help_ = self.words.other_help(country, actor.mark.language)
            return AssessmentStepView.of(assessment, tx.now, help_)

        return await self.transact.write(actor, organisation_of(assessment_id), work)
