"""What the use cases of places share: the forming group, for whoever composes it.

In an organisation's group that is its coordinator; in one that stands alone its convenors, and nobody else (G-23).
"""

from app.domain.groups.convening import OnlyConvenors, convenes
from app.domain.groups.errors import DeclarationNeeded, GroupIsClosed, GroupNotFound
from app.domain.groups.group import Origin
from app.domain.groups.standing import Standing, require_place
from app.domain.shared.ids import GroupId, PersonId
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.repositories import Seen


async def forming_group(tx: GroupsUnitOfWork, group: GroupId, person: PersonId) -> Seen:
    """Lock a group for whoever composes it, as long as it is forming; once it is closed nobody does (A-01)."""
    seen = await tx.standings.lock(group, person)
    await require_composer(tx, seen, person)
    return seen


async def require_composer(tx: GroupsUnitOfWork, seen: Seen, person: PersonId) -> None:
    """Refuse whoever doesn't compose this group, and everybody once it is closed."""
    if seen.group.origin is Origin.STAND_ALONE:
        require_place(seen.standing)
        seen.group.require_forming(tx.now)
        await require_convenor(tx, seen)
        return
    if seen.standing is not Standing.COORDINATOR:
        raise GroupNotFound
    await tx.staff_declarations.require(person)
    seen.group.require_forming(tx.now)


async def require_editor(tx: GroupsUnitOfWork, seen: Seen) -> None:
    """Before the first meeting whoever composes it describes it; from then on the group itself, each alike (G-03)."""
    if seen.group.is_closed(tx.now):
        if seen.standing is Standing.COORDINATOR:
            raise GroupIsClosed
        if seen.standing is not Standing.MEMBER:
            raise GroupNotFound
    elif seen.group.origin is Origin.STAND_ALONE:
        require_place(seen.standing)
        await require_convenor(tx, seen)
    elif seen.standing is not Standing.COORDINATOR:
        raise GroupNotFound


async def require_convenor(tx: GroupsUnitOfWork, seen: Seen) -> None:
    """Refuse a member of a forming group who doesn't have the convenor's duty, or who hasn't signed."""
    duty = await tx.convenors.duty_of(seen.group.id, seen.membership_id)
    if not convenes(seen.group, duty, tx.now):
        raise OnlyConvenors
    if seen.standing is not Standing.MEMBER:
        raise DeclarationNeeded
