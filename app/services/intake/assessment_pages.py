"""An intake conversation, put together for whoever looks."""

from dataclasses import dataclass

from app.domain.intake.assessment import Assessment, NamedBy
from app.domain.intake.reading import WhatWasRead
from app.domain.shared.ids import PersonId
from app.services.intake.assessment_views import AssessmentView, Confided, Sees
from app.services.intake.confiding import confided
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import IntakeOutcomeView
from app.services.ports.texts import Words
from app.services.ports.vault import Vault

_NOTHING = Confided(own_words=None, note=None, remark=None, points=[], until=None)


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to show a conversation."""

    vault: Vault
    words: Words

    async def show(
        self, tx: IntakeUnitOfWork, assessment: Assessment, sees: Sees, language: str
    ) -> AssessmentView:
        """As the person, whoever holds it, or a coordinator may see it: what was confided is for the two alone."""
        is_person, is_coordinator = sees is Sees.PERSON, sees is Sees.COORDINATOR
        said = _NOTHING if is_coordinator else await confided(tx, self.vault, assessment, tx.now)
        appointment = assessment.appointment
        outcome = (
            await tx.intake_reads.outcome(assessment.outcome_id)
            if assessment.outcome_id is not None
            else None
        )
        interviewer = (
            await tx.intake_reads.name_of(appointment.interviewer_id) if appointment is not None else None
        )
        country = (await tx.organisations.get(assessment.organisation_id)).country
        # Where and when somebody is to be found is for whoever meets them there (P-h13).
        hidden = is_coordinator and await tx.intake_reads.is_protected(assessment.person_id)
        readings = None
        if is_person:
            readings = await tx.intake_readings.about(assessment.person_id, WhatWasRead.ASSESSMENT)
        return AssessmentView(
            id=assessment.id,
            organisation_id=assessment.organisation_id,
            person_id=assessment.person_id,
            name=await tx.intake_reads.name_of(assessment.person_id) or "",
            stage=assessment.stage(tx.now),
            asked_at=assessment.asked_at,
            criteria_version=assessment.criteria_version,
            interviewer_id=assessment.interviewer_id,
            interviewer=interviewer,
            starts_at=appointment.starts_at if appointment is not None else None,
            form=appointment.form if appointment is not None else None,
            place=appointment.place if appointment is not None and not hidden else None,
            outcome=IntakeOutcomeView.of(outcome) if outcome is not None else None,
            own_words=said.own_words,
            note=said.note,
            remark=said.remark,
            points=None if is_coordinator else said.points,
            text_until=said.until,
            interviewers_i_know=_named(assessment) if is_person else None,
            readings=readings,
            help=self.words.other_help(country, language),
            kept_until=assessment.kept_until,
            version=assessment.version,
        )


def _named(assessment: Assessment) -> list[PersonId]:
    return sorted(each for each, by in assessment.known.items() if by is NamedBy.PERSON)
