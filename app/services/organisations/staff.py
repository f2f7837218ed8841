"""Who is staff: read in the use case's own transaction, so that a role that was taken away is gone at once."""

from app.domain.organisations.organisation import NotStaff, Role
from app.domain.shared.ids import PersonId
from app.services.organisations.ports import OrganisationsUnitOfWork


async def require_role(tx: OrganisationsUnitOfWork, person: PersonId, *roles: Role) -> None:
    """Refuse whoever has none of these roles in the organisation."""
    if not await tx.roles.of(person) & set(roles):
        raise NotStaff
