"""Read an intake conversation."""

from dataclasses import dataclass

from app.domain.intake.reading import IntakeReading, WhatWasRead
from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssessmentId, IntakeReadingId, organisation_of
from app.services.intake.assessment_pages import Desk
from app.services.intake.assessment_views import AssessmentView, Sees
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import seen_assessment
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class ReadAssessment:
    """Read an intake conversation: your own, one that you hold, or, as a coordinator, where it stands.

    Who else reads is noted in the same transaction, and the person sees it. What was confided is for the person and for
    whoever holds the conversation, until its time is over or the person has a place in a group.
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault
    words: Words

    async def __call__(self, actor: Actor, assessment_id: AssessmentId) -> AssessmentView:
        viewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentView:
            assessment, sees = await seen_assessment(tx, assessment_id, viewer)
            if sees is not Sees.PERSON:
                await tx.intake_readings.note(
                    IntakeReading(
                        id=IntakeReadingId(tx.new_id()),
                        organisation_id=assessment.organisation_id,
                        person_id=assessment.person_id,
                        reader_id=viewer,
                        what=WhatWasRead.ASSESSMENT,
                        read_at=tx.now,
                    )
                )
            return await Desk(self.vault, self.words).show(tx, assessment, sees, actor.mark.language)

        return await self.transact.write(actor, organisation_of(assessment_id), work)
