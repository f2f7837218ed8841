"""Who may look into training records besides their own person: coordinators who have promised confidentiality."""

from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.ids import PersonId
from app.services.volunteers.ports import VolunteersUnitOfWork


async def require_coordinator(tx: VolunteersUnitOfWork, person: PersonId) -> None:
    """Refuse everybody else, administrators among them: they have no business with records of people."""
    if Role.COORDINATOR not in await tx.roles.of(person):
        raise NotStaff
    await tx.staff_declarations.require(person)
