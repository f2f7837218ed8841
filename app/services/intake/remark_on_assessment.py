"""Put a remark beside what was written about you."""

from dataclasses import dataclass

from app.domain.intake.errors import NothingToRemarkOn
from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssessmentId, organisation_of
from app.services.intake.assessment_views import AssessmentStepView
from app.services.intake.confiding import remark
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import own_assessment
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class RemarkOnAssessment:
    """Put a remark of your own beside what the interviewer wrote about your conversation, where you see it otherwise.

    What they wrote stays theirs. Your remark is sealed, is shown wherever theirs is shown, takes the place of an earlier
    one, and goes with it. Name no more of others than is needed (I-h5).
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault
    words: Words

    async def __call__(self, actor: Actor, assessment_id: AssessmentId, words: str) -> AssessmentStepView:
        person = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentStepView:
            assessment = await own_assessment(tx, assessment_id, person)
            if not await remark(tx, self.vault, assessment, words):
                raise NothingToRemarkOn
            country = (await tx.organisations.get(assessment.organisation_id)).country
            help_ = self.words.other_help(country, actor.mark.language)
            return AssessmentStepView.of(assessment, tx.now, help_)

        return await self.transact.write(actor, organisation_of(assessment_id), work)
