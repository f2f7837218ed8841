"""Read an intake conversation."""

from dataclasses import dataclass

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, Deed
from app.domain.shared.actor import Actor
from app.domain.shared.assurance import Assurance
from app.domain.shared.ids import AssessmentId, organisation_of
from app.services.intake.assessment_pages import Desk
from app.services.intake.assessment_views import AS, AssessmentView, Sees
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import seen_assessment
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class ReadAssessment:
    """Read an intake conversation: your own, one that you hold, or, as a coordinator, where it stands.

    Each reading is noted before it is answered, and the person sees it. What was confided is for the person and for
    whoever holds the conversation, until its time is over or the person has a place in a group. Whoever holds it needs
    a login of at least substantial assurance for it.
    """

    transact: Transact[IntakeUnitOfWork]
    vault: Vault
    words: Words

    async def __call__(self, actor: Actor, assessment_id: AssessmentId) -> AssessmentView:
        viewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentView:
            assessment, sees = await seen_assessment(tx, assessment_id, viewer)
            if sees is Sees.INTERVIEWER:
                actor.require(Assurance.SUBSTANTIAL)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.READ,
                    data=AccessedData.ASSESSMENT,
                    acting_as=AS[sees],
                    purpose=AccessPurpose.OWN_AFFAIRS if sees is Sees.PERSON else AccessPurpose.INTAKE,
                    about=assessment.person_id,
                    row=assessment.id,
                ),
            )
            return await Desk(self.vault, self.words).show(tx, assessment, sees, actor.mark.language)

        return await self.transact.write(actor, organisation_of(assessment_id), work)
