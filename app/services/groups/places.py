"""What the use cases of places share: the forming group that its coordinator composes."""

from app.domain.groups.errors import GroupNotFound
from app.domain.groups.standing import Standing
from app.domain.shared.ids import GroupId, PersonId
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.repositories import Seen


async def forming_group(tx: GroupsUnitOfWork, group: GroupId, person: PersonId) -> Seen:
    """Lock a group for its coordinator, as long as it is forming; once it is closed nobody composes it (A-01)."""
    seen = await tx.standings.lock(group, person)
    if seen.standing is not Standing.COORDINATOR:
        raise GroupNotFound
    await tx.staff_declarations.require(person)
    seen.group.require_forming(tx.now)
    return seen
