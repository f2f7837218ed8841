"""Record what a conversation has ended in."""

from dataclasses import dataclass

from app.domain.audit.entry import ActingAs
from app.domain.intake.errors import AssessmentNotFound, OnlyTheInterviewer
from app.domain.intake.outcome import Outcome
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssessmentId, organisation_of
from app.services.intake.assessment_views import AssessmentStepView, Sees
from app.services.intake.confiding import NOTE, POINTS, Point, confide, written
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.recording import record_conversation
from app.services.intake.seeing import seen_assessment
from app.services.intake.views import IntakeOutcomeView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class CompleteAssessment:
    """Record what the conversation that you have held has ended in: `group`, `not_now` or `other_help` (I-02).

    `other_help` not without showing some (I-03). The points decide nothing by themselves, and how heavy a burden is has no
    field (I-09). Note and points are sealed, are read by the person, too, and go in time; the outcome outlives them.
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault
    words: Words

    async def __call__(
        self,
        actor: Actor,
        assessment_id: AssessmentId,
        outcome: Outcome,
        signposted_to: list[str],
        points: list[Point],
        note: str | None = None,
    ) -> AssessmentStepView:
        interviewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentStepView:
            assessment, sees = await seen_assessment(tx, assessment_id, interviewer)
            if sees is Sees.PERSON:
                raise AssessmentNotFound
            if sees is Sees.COORDINATOR:
                raise OnlyTheInterviewer
            assessment.require_open(tx.now)
            country = (await tx.organisations.get(assessment.organisation_id)).country
            help_ = self.words.other_help(country, actor.mark.language)
            recorded = await record_conversation(
                tx,
                actor,
                ActingAs.INTERVIEWER,
                assessment.organisation_id,
                assessment.person_id,
                outcome,
                signposted_to,
                help_,
            )
            assessment.complete(interviewer, recorded.id, tx.now, recorded.valid_until)
            await tx.assessments.save(assessment)
            days = (await tx.policies.holding(tx.now)).settings.assessment_text_days
            if note is not None:
                await confide(tx, self.vault, assessment, NOTE, note, days)
            if points:
                await confide(tx, self.vault, assessment, POINTS, written(points), days)
            tx.emit(Event("intake.assessment.completed", assessment.id, {"assessment": assessment.id}))
            return AssessmentStepView.of(assessment, tx.now, help_, IntakeOutcomeView.of(recorded))

        return await self.transact.write(
            actor, organisation_of(assessment_id), work, answer=AssessmentStepView
        )
