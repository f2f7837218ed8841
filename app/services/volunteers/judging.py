"""By which criteria a conversation with a volunteer is judged: those that were held when it took place."""

from datetime import datetime

from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.criteria import VolunteerCriteria, shipped
from app.services.volunteers.ports import VolunteersUnitOfWork


async def judging(tx: VolunteersUnitOfWork, organisation: OrganisationId, at: datetime) -> VolunteerCriteria:
    """The version that held then; so a correction is judged as what it corrects was."""
    return await tx.volunteer_criteria.held_at(at) or shipped(organisation, at)
