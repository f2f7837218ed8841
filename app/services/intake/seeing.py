"""Who may look at an intake conversation, and as what: read in the use case's own transaction."""

from app.domain.intake.assessment import Assessment
from app.domain.intake.errors import AssessmentNotFound
from app.domain.organisations.organisation import Role
from app.domain.shared.ids import AssessmentId, PersonId
from app.services.intake.assessment_views import Sees
from app.services.intake.ports import IntakeUnitOfWork


async def own_assessment(tx: IntakeUnitOfWork, assessment_id: AssessmentId, person: PersonId) -> Assessment:
    """Lock one's own conversation; another's isn't there."""
    assessment = await tx.assessments.lock(assessment_id)
    assessment.require_kept(tx.now)
    if assessment.person_id != person:
        raise AssessmentNotFound
    return assessment


async def seen_assessment(
    tx: IntakeUnitOfWork, assessment_id: AssessmentId, viewer: PersonId
) -> tuple[Assessment, Sees]:
    """Lock a conversation for the person, for whoever holds it, or for a coordinator; to all others it isn't there.

    Whoever knows the person sees nothing of it, whatever their role (I-h8); staff has promised confidentiality (C-07).
    """
    assessment = await tx.assessments.lock(assessment_id)
    assessment.require_kept(tx.now)
    if assessment.person_id == viewer:
        return assessment, Sees.PERSON
    roles = await tx.roles.of(viewer)
    if viewer in assessment.known or not roles & {Role.INTERVIEWER, Role.COORDINATOR}:
        raise AssessmentNotFound
    if assessment.interviewer_id == viewer and Role.INTERVIEWER in roles:
        sees = Sees.INTERVIEWER
    elif Role.COORDINATOR in roles:
        sees = Sees.COORDINATOR
    else:
        raise AssessmentNotFound
    await tx.staff_declarations.require(viewer)
    return assessment, sees


async def may_interview(tx: IntakeUnitOfWork, person: PersonId) -> bool:
    """Whether somebody may hold conversations: an interviewer who has promised confidentiality (C-07, I-01)."""
    return Role.INTERVIEWER in await tx.roles.of(person) and await tx.staff_declarations.has(person)
