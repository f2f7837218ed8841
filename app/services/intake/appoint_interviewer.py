"""Agree on who holds a conversation, and when."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.intake.assessment import Appointment
from app.domain.intake.errors import AssessmentNotFound, NotAnInterviewer
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.events import Event
from app.domain.shared.frames import Form
from app.domain.shared.ids import AssessmentId, PersonId, organisation_of
from app.services.intake.assessment_views import AssessmentStepView, Sees
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.seeing import may_interview, seen_assessment
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class AppointInterviewer:
    """Appoint who holds a conversation, and when and how the two meet: by a coordinator; another time also by whoever
    holds it already. Where a time has passed, this is how a new one is offered (I-h10); nobody notes who didn't come.

    Only an interviewer who has promised confidentiality (C-07), and whom the person doesn't know (I-h8).
    """

    transact: Transact[IntakeUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        assessment_id: AssessmentId,
        version: int,
        interviewer_id: PersonId,
        starts_at: datetime,
        form: Form,
        place: str,
    ) -> AssessmentStepView:
        viewer = actor.person_id

        async def work(tx: IntakeUnitOfWork) -> AssessmentStepView:
            assessment, sees = await seen_assessment(tx, assessment_id, viewer)
            if sees is Sees.PERSON or (sees is Sees.INTERVIEWER and interviewer_id != viewer):
                raise AssessmentNotFound
            if assessment.version != version:
                raise Stale
            if not await may_interview(tx, interviewer_id):
                raise NotAnInterviewer("/interviewer_id")
            days = (await tx.policies.holding(tx.now)).settings.appointment_no_show_days
            appointment = Appointment(
                interviewer_id=interviewer_id, starts_at=starts_at, form=form, place=place
            )
            assessment.appoint(appointment, tx.now, days)
            await tx.assessments.save(assessment)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.ASSIGNED,
                    data=AccessedData.ASSESSMENT,
                    acting_as=ActingAs.COORDINATOR if sees is Sees.COORDINATOR else ActingAs.INTERVIEWER,
                    purpose=AccessPurpose.INTAKE,
                    about=assessment.person_id,
                    row=assessment.id,
                ),
            )
            tx.emit(Event("intake.assessment.appointed", assessment.id, {"assessment": assessment.id}))
            country = (await tx.organisations.get(assessment.organisation_id)).country
            help_ = self.words.other_help(country, actor.mark.language)
            return AssessmentStepView.of(assessment, tx.now, help_)

        return await self.transact.write(actor, organisation_of(assessment_id), work)
